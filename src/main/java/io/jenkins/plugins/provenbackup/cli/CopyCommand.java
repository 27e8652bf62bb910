package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.backup.BackupRequest;
import io.jenkins.plugins.provenbackup.engine.backup.BackupTuning;
import io.jenkins.plugins.provenbackup.engine.copy.CopyRequest;
import io.jenkins.plugins.provenbackup.engine.copy.CopyResult;
import io.jenkins.plugins.provenbackup.engine.copy.CopySnapshots;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.HeldKey;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.snapshots.ListSnapshots;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotList;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotSelector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "copy",
        sortOptions = false,
        description = "Bring snapshots into a repository with other keys: decrypt them and store them there again.",
        footer = {
            "",
            "A copy has the original's source, times, host, user and tags, and a tag 'copied-from'. What was copied before"
                    + " is left out. -p, --key-file and their variables are for --to.",
            "For another copy of the same repository use replicate, which needs no key."
        })
final class CopyCommand implements Callable<Integer> {

    static final String FROM_PASSWORD = "PROVEN_BACKUP_FROM_PASSWORD";
    static final String FROM_KEY_FILE = "PROVEN_BACKUP_FROM_KEY_FILE";

    private final Context context;

    @Parameters(arity = "0..*", paramLabel = "SNAPSHOT", description = "Only these. Default: all.")
    private List<String> snapshots = new ArrayList<>();

    @Option(
            names = "--from",
            required = true,
            paramLabel = "REPO",
            description = "Copy from here; destinations of one repository may be given several times.")
    private List<String> from = new ArrayList<>();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "REPO",
            description = "Copy to here; destinations of one repository may be given several times.")
    private List<String> to = new ArrayList<>();

    @Option(
            names = "--from-password-file",
            paramLabel = "FILE",
            description = "The passphrase of --from is this file's first line. Otherwise $" + FROM_PASSWORD
                    + ", or a prompt.")
    private Path fromPasswordFile;

    @Option(
            names = "--from-key-file",
            paramLabel = "FILE",
            description = "A recovery key of --from instead of its passphrase. Default: $" + FROM_KEY_FILE + ".")
    private Path fromKeyFile;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "Only snapshots of this source; may be given several times.")
    private List<String> sources = new ArrayList<>();

    @Option(names = "--last", paramLabel = "N", description = "Only the N newest snapshots of each source.")
    private Integer last;

    @Option(
            names = "--limit-upload",
            paramLabel = "RATE",
            description = "Bytes per second to all of --to together, like 500K or 10M.")
    private String limitUpload;

    @Option(names = "--limit-download", paramLabel = "RATE", description = "Bytes per second from --from.")
    private String limitDownload;

    @Option(names = "--dry-run", description = "Read everything, and tell what would be stored.")
    private boolean dryRun;

    CopyCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        context.options().requireNoRepositories("--from and --to");
        if (last != null && last < 1) {
            throw new UsageException("--last is at least 1.");
        }
        Opening opening = new Opening(context);
        OpenRequest source = opening.request(from).withLimits(Optional.empty(), Figures.limit(limitDownload));
        OpenRequest target = opening.request(to).withLimits(Figures.limit(limitUpload), Optional.empty());
        try (Destinations read = opening.destinations(source);
                AccessKey fromKey = fromKey(opening, read);
                OpenRepository written = opening.repository(target)) {
            read.verify(fromKey);
            written.requireCurrentKey();
            RecoveryKey recovery = Opening.recovery(fromKey, "read content, which copy does");
            CopyResult result = CopySnapshots.run(
                    new CopyRequest(
                            chosen(ListSnapshots.run(read.reached(), fromKey)),
                            read.reached(),
                            fromKey,
                            header -> StreamKey.open(header, recovery),
                            written.replicas(),
                            written.destinations().unreachable(),
                            written.key(),
                            dryRun ? BackupRequest.Mode.DRY_RUN : BackupRequest.Mode.WRITE),
                    BackupTuning.standard(),
                    context.progress(),
                    context.clock());
            context.progress().close();
            CopyText text = new CopyText(context.output());
            text.show(result);
            return CopyText.status(result).code();
        }
    }

    private AccessKey fromKey(Opening opening, Destinations destinations) throws IOException {
        Optional<Path> file = Optional.ofNullable(fromKeyFile);
        if (file.isEmpty() && fromPasswordFile == null) {
            file = context.surroundings().variable(FROM_KEY_FILE).map(Path::of);
        }
        if (file.isPresent()) {
            return new KeyOpening(context, opening.secrets()).open(HeldKey.read(file.get()), destinations);
        }
        char[] passphrase = opening.secrets()
                .existing(
                        Optional.ofNullable(fromPasswordFile),
                        FROM_PASSWORD,
                        "Passphrase of " + from.get(0) + ": ",
                        "--from-password-file, " + FROM_PASSWORD + ", --from-key-file");
        try {
            return destinations.unlock(passphrase);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    /** Older before newer, source by source, as the list has them. */
    private List<Snapshot> chosen(SnapshotList list) throws IOException {
        list.broken().forEach(broken -> context.output().warning("a manifest cannot be used: " + broken.problem()));
        for (String source : sources) {
            if (list.of(source).isEmpty()) {
                throw new UsageException("There is no snapshot of the source '" + source + "' at " + from.get(0) + ".");
            }
        }
        Set<Snapshot> named = new LinkedHashSet<>();
        for (String text : snapshots) {
            named.add(SnapshotSelector.parse(text).in(list));
        }
        List<Snapshot> chosen = new ArrayList<>();
        for (String source : list.sources()) {
            List<Snapshot> all = list.of(source).stream()
                    .filter(one -> named.isEmpty() || named.contains(one))
                    .filter(one -> sources.isEmpty() || sources.contains(source))
                    .toList();
            chosen.addAll(last == null ? all : all.subList(Math.max(0, all.size() - last), all.size()));
        }
        return chosen;
    }
}
