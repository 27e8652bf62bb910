package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.backup.Backup;
import io.jenkins.plugins.provenbackup.engine.backup.BackupRequest;
import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.backup.BackupTuning;
import io.jenkins.plugins.provenbackup.engine.catalog.ChangeRule;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.replicate.CatchUp;
import io.jenkins.plugins.provenbackup.engine.replicate.ReplicateResult;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.source.BadPatternException;
import io.jenkins.plugins.provenbackup.engine.storage.RateLimit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "backup",
        sortOptions = false,
        description = "Back up files, a stream, or the output of a command, to every -r at once.",
        footer = {
            "",
            "Everything is read once. A destination that fails does not stop the others: the exit status is 3 when fewer"
                    + " than --min-copies have the snapshot, or when files could not be read.",
            "When --before fails nothing is backed up. --after always runs; when it fails the exit status is 1, and the"
                    + " snapshot stands. Both are run by sh -c, their output goes to standard error."
        })
final class BackupCommand implements Callable<Integer> {

    private static final int CATCH_UP_MINUTES = 10;

    private final Context context;

    @Mixin
    private final SourceOptions sources;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description =
                    "incremental: what changed since the last snapshot (default); differential: since the last full"
                            + " one; full: everything.")
    private String type;

    @Option(
            names = {"-f", "--policy"},
            paramLabel = "POLICY.yaml",
            description = "Back up what a policy says, to its destinations, instead of PATH and -r.")
    private Path policyFile;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "Whose snapshot it is. Default: user@host:paths; with -f every source of the policy in turn.")
    private String sourceName;

    @Option(names = "--host", paramLabel = "NAME", description = "The host's name, where another shall be recorded.")
    private String host;

    @Option(names = "--tag", paramLabel = "K=V", description = "A tag of the snapshot; may be given several times.")
    private List<String> tags = new ArrayList<>();

    @Option(
            names = "--min-copies",
            paramLabel = "N",
            description = "How many destinations must have the snapshot for exit status 0. Default: all.")
    private Integer minCopies;

    @Option(names = "--before", paramLabel = "CMD", description = "Run this first.")
    private String before;

    @Option(
            names = "--after",
            paramLabel = "CMD",
            description = "Run this last, with PROVEN_BACKUP_STATUS and PROVEN_BACKUP_SNAPSHOT set.")
    private String after;

    @Option(
            names = "--limit-upload",
            paramLabel = "RATE",
            description = "Bytes per second to all destinations together, like 500K or 10M.")
    private String limitUpload;

    @Option(
            names = "--catch-up",
            paramLabel = "MINUTES",
            description = "How long to go on after the backup, copying snapshots of this source to destinations that"
                    + " missed them. The next backup goes on there. Default: 10; 0: not at all.")
    private int catchUpMinutes = CATCH_UP_MINUTES;

    @Option(names = "--no-catch-up", description = "The same as --catch-up 0.")
    private boolean noCatchUp;

    @Option(names = "--dry-run", description = "Read and compress everything, and tell what would be stored.")
    private boolean dryRun;

    @Option(
            names = "--ignore-inode",
            description = "A changed inode number alone is no change (network file systems, snapshots of volumes).")
    private boolean ignoreInode;

    @Option(names = "--ignore-ctime", description = "A changed ctime alone is no change.")
    private boolean ignoreCtime;

    BackupCommand(Context context) {
        this.context = context;
        this.sources = new SourceOptions(context);
    }

    @Override
    public Integer call() throws IOException, InterruptedException, BadPatternException {
        Optional<SnapshotKind> kind = Optional.ofNullable(type).map(BackupCommand::kind);
        TagFilter.tags(tags);
        Optional<RateLimit> limit = Figures.limit(limitUpload);
        if (catchUpMinutes < 0) {
            throw new UsageException("--catch-up is a number of minutes, 0 and up.");
        }
        if (policyFile != null) {
            return ofPolicy(kind, limit).code();
        }
        SourceOptions.Chosen chosen = sources.choose(self());
        Opening opening = new Opening(context);
        int given = opening.request().locations().size();
        if (minCopies != null && (minCopies < 1 || minCopies > given)) {
            throw new UsageException("--min-copies is 1 to the number of destinations, which is " + given + ".");
        }
        try (OpenRepository repository = opening.repository(request -> request.withLimits(limit, Optional.empty()))) {
            String name = name(repository.key(), chosen);
            return backUp(
                            repository,
                            chosen,
                            name,
                            kind.orElse(SnapshotKind.INCREMENTAL),
                            minCopies == null ? given : minCopies)
                    .code();
        }
    }

    private ExitStatus ofPolicy(Optional<SnapshotKind> kind, Optional<RateLimit> limit)
            throws IOException, InterruptedException, BadPatternException {
        if (!sources.isEmpty() || minCopies != null) {
            throw new UsageException(
                    "The policy says what is backed up, what is left out and how many copies there must be:"
                            + " leave out PATH, --exclude and --min-copies.");
        }
        Policy policy = OpenPolicy.read(context, policyFile);
        List<Policy.Source> wanted =
                sourceName == null ? policy.sources() : List.of(OpenPolicy.source(policy, sourceName));
        if (wanted.size() > 1 && context.output().isJson()) {
            throw new UsageException("--json gives one document, but the policy has " + wanted.size()
                    + " sources: choose one with --source.");
        }
        try (OpenPolicy open =
                OpenPolicy.open(context, policy, request -> request.withLimits(limit, Optional.empty()))) {
            ExitStatus status = new PolicyBackup(context, open)
                    .run(
                            wanted,
                            kind,
                            (source, due) -> backUp(
                                    open.repository(),
                                    sources.choose(source, self()),
                                    source.name(),
                                    due,
                                    policy.minCopies()));
            if (!dryRun) {
                open.keepPages(context);
            }
            return status;
        }
    }

    private ExitStatus backUp(
            OpenRepository repository, SourceOptions.Chosen chosen, String name, SnapshotKind kind, int copies)
            throws IOException, InterruptedException {
        repository.requireCurrentKey();
        try (SourceKey key = key(repository.key(), name)) {
            BackupRequest request = new BackupRequest(
                    chosen.source(),
                    new BackupRequest.Identity(
                            name, chosen.self().host(), chosen.self().user(), chosen.roots()),
                    key,
                    kind,
                    TagFilter.tags(tags),
                    ignored(),
                    repository.replicas(),
                    repository.destinations().unreachable(),
                    copies,
                    dryRun ? BackupRequest.Mode.DRY_RUN : BackupRequest.Mode.WRITE);
            return run(request, repository);
        }
    }

    private Whoami self() {
        Whoami self = Whoami.of(context);
        return host == null ? self : new Whoami(self.user(), host);
    }

    private ExitStatus run(BackupRequest request, OpenRepository repository) throws IOException, InterruptedException {
        Hook hook = new Hook();
        if (before != null && !dryRun) {
            hook.before(before);
        }
        ExitStatus status = ExitStatus.FAILED;
        Optional<BackupResult> done = Optional.empty();
        Optional<String> problem = Optional.empty();
        BackupText text = new BackupText(context.output());
        try {
            BackupResult result = Backup.run(request, BackupTuning.standard(), context.progress(), context.clock());
            context.progress().close();
            done = Optional.of(result);
            status = BackupText.status(result);
            repository.remember(result, request.key());
            if (!dryRun && policyFile == null) {
                new RecoveryPages(context).putFirst(repository.replicas());
            }
            if (!context.output().isJson()) {
                text.show(result, request.identity().source());
            }
        } finally {
            if (after != null && !dryRun) {
                problem = hook.after(after, status, done.flatMap(BackupResult::snapshot));
                problem.ifPresent(message -> context.output().notice(message));
            }
        }
        List<ReplicateResult> caughtUp = catchUp(request, done.orElseThrow());
        ExitStatus all = problem.isPresent() ? ExitStatus.FAILED : BackupText.with(status, caughtUp);
        text.show(caughtUp);
        if (context.output().isJson()) {
            text.document(done.orElseThrow(), request.identity().source(), caughtUp, all);
        }
        return all;
    }

    /** Comes after the report, since it may take its time and cannot undo anything. */
    private List<ReplicateResult> catchUp(BackupRequest request, BackupResult result) {
        if (result.snapshot().isEmpty() || noCatchUp || catchUpMinutes == 0) {
            return List.of();
        }
        Set<String> complete = result.destinations().stream()
                .filter(one -> one.state() == BackupResult.State.COMPLETE)
                .map(BackupResult.Destination::location)
                .collect(Collectors.toSet());
        List<Replica> replicas = request.destinations().stream()
                .filter(replica -> complete.contains(replica.location()))
                .toList();
        try {
            return CatchUp.run(replicas, request.key(), Duration.ofMinutes(catchUpMinutes), context.progress());
        } catch (InterruptedException e) {
            context.output()
                    .notice("cancelled while destinations were caught up; the snapshot stands, and the next"
                            + " backup goes on");
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            context.progress().close();
        }
    }

    private static SnapshotKind kind(String type) {
        try {
            return SnapshotKind.valueOf(type.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UsageException("'" + type + "' is no type: use incremental, differential or full.");
        }
    }

    private Set<ChangeRule.Ignored> ignored() {
        Set<ChangeRule.Ignored> ignored = EnumSet.noneOf(ChangeRule.Ignored.class);
        if (ignoreInode) {
            ignored.add(ChangeRule.Ignored.INODE);
        }
        if (ignoreCtime) {
            ignored.add(ChangeRule.Ignored.CTIME);
        }
        return ignored;
    }

    /** A source key is for one name, so that needs not be repeated. */
    private String name(AccessKey key, SourceOptions.Chosen chosen) {
        if (sourceName != null) {
            if (sourceName.isBlank()) {
                throw new UsageException("--source needs a name.");
            }
            return sourceName;
        }
        Optional<String> only = key instanceof SourceKey source ? source.sourceName() : Optional.empty();
        return only.orElse(chosen.defaultName());
    }

    private static SourceKey key(AccessKey key, String name) throws RefusedException {
        return key.sourceKey(name)
                .orElseThrow(() -> new RefusedException("The key file is for another source than '" + name
                        + "': leave out --source, or use that source's key."));
    }
}
