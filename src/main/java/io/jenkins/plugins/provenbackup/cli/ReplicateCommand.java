package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.OpenDestinations;
import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceId;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.replicate.Replicate;
import io.jenkins.plugins.provenbackup.engine.replicate.ReplicateRequest;
import io.jenkins.plugins.provenbackup.engine.replicate.ReplicateResult;
import io.jenkins.plugins.provenbackup.engine.replicate.Selection;
import io.jenkins.plugins.provenbackup.engine.replicate.Target;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "replicate",
        sortOptions = false,
        description = "Copy what --to lacks of a repository, encrypted as it is. No key is needed.",
        footer = {
            "",
            "Where --to holds nothing it becomes an exact replica. Nothing is deleted or replaced there, and what was"
                    + " forgotten does not come back. Interrupted, the next run goes on.",
            "To bring snapshots into a repository with other keys, use copy."
        })
final class ReplicateCommand implements Callable<Integer> {

    private final Context context;

    @Parameters(arity = "0..*", paramLabel = "SNAPSHOT", description = "Only these, by the beginning of their ids.")
    private List<String> snapshots = new ArrayList<>();

    @Option(names = "--from", required = true, paramLabel = "REPO", description = "Copy from here.")
    private String from;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "REPO",
            description = "Copy to here; may be given several times.")
    private List<String> to = new ArrayList<>();

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "Only snapshots of this source; may be given several times. Without --key-file or"
                    + " --password-file: its id, the name of its folder below snapshots/.")
    private List<String> sources = new ArrayList<>();

    @Option(names = "--last", paramLabel = "N", description = "Only the N newest snapshots of each source.")
    private Integer last;

    @Option(
            names = "--limit-upload",
            paramLabel = "RATE",
            description = "Bytes per second to all of --to together, like 500K or 10M.")
    private String limitUpload;

    @Option(names = "--dry-run", description = "Tell what would be copied.")
    private boolean dryRun;

    ReplicateCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        context.options().requireNoRepositories("--from and --to");
        if (last != null && last < 1) {
            throw new UsageException("--last is at least 1.");
        }
        Opening opening = new Opening(context);
        List<String> all = new ArrayList<>(to);
        all.add(from);
        OpenRequest request = opening.request(all).withLimits(Figures.limit(limitUpload), Optional.empty());
        OpenDestinations.requireDistinct(request.locations());
        List<StorageLocation> targets =
                request.locations().subList(0, request.locations().size() - 1);
        try (Destinations source = opening.destinations(opening.request(List.of(from)))) {
            Optional<AccessKey> key = key(source);
            try {
                return run(source, targets, request, key, selection(key)).code();
            } finally {
                key.ifPresent(AccessKey::close);
            }
        }
    }

    /** A key is only used where it was asked for: without one nobody learns the passphrase on the way. */
    private Optional<AccessKey> key(Destinations source) throws IOException {
        if (context.options().keyFile().isEmpty()
                && context.options().passwordFile().isEmpty()) {
            return Optional.empty();
        }
        AccessKey key = new KeyOpening(context, new Secrets(context.surroundings())).open(source);
        try {
            source.verify(key);
            return Optional.of(key);
        } catch (IOException | RuntimeException e) {
            key.close();
            throw e;
        }
    }

    private Selection selection(Optional<AccessKey> key) throws RefusedException {
        Set<SourceId> ids = new LinkedHashSet<>();
        for (String source : sources) {
            ids.add(key.isPresent() ? named(key.get(), source) : numbered(source));
        }
        Optional<AccessKey> only = key.filter(SourceKey.class::isInstance);
        if (ids.isEmpty() && only.isPresent()) {
            ids.add(((SourceKey) only.get()).sourceId());
        }
        Set<String> prefixes = new LinkedHashSet<>();
        for (String snapshot : snapshots) {
            String prefix = snapshot.toLowerCase(Locale.ROOT);
            if (!prefix.matches("[0-9a-f]{4,64}")) {
                throw new UsageException(
                        "'" + snapshot + "' is no id of a snapshot: give at least its first 4 digits.");
            }
            prefixes.add(prefix);
        }
        return new Selection(
                ids.isEmpty() ? Optional.empty() : Optional.of(ids),
                prefixes,
                last == null ? OptionalInt.empty() : OptionalInt.of(last));
    }

    private static SourceId named(AccessKey key, String source) throws RefusedException {
        try (SourceKey one = key.sourceKey(source)
                .orElseThrow(() -> new RefusedException("The key is for another source than '" + source + "'."))) {
            return one.sourceId();
        }
    }

    private static SourceId numbered(String source) {
        try {
            return new SourceId(source);
        } catch (IllegalArgumentException e) {
            throw new UsageException("Without a key nobody can tell which snapshots are of '" + source
                    + "': give --key-file or --password-file, or the 32 digits of the source's id.");
        }
    }

    private ExitStatus run(
            Destinations source,
            List<StorageLocation> targets,
            OpenRequest open,
            Optional<AccessKey> key,
            Selection selection)
            throws IOException, InterruptedException {
        ReplicateRequest.Mode mode = dryRun ? ReplicateRequest.Mode.DRY_RUN : ReplicateRequest.Mode.WRITE;
        List<ReplicateResult> results = new ArrayList<>();
        for (StorageLocation location : targets) {
            results.add(copy(source, location, open, key, selection, mode));
        }
        context.progress().close();
        ReplicateText text = new ReplicateText(context.output(), mode);
        text.show(results);
        return ReplicateText.status(results);
    }

    private ReplicateResult copy(
            Destinations source,
            StorageLocation location,
            OpenRequest open,
            Optional<AccessKey> key,
            Selection selection,
            ReplicateRequest.Mode mode)
            throws IOException, InterruptedException {
        try (Target target = Target.open(location, open, source.reached().get(0), mode)) {
            return Replicate.run(
                    new ReplicateRequest(
                            source.reached(),
                            target,
                            key,
                            selection,
                            ReplicateRequest.Records.ALL,
                            mode,
                            Optional.empty()),
                    context.progress());
        } catch (RefusedException e) {
            throw e;
        } catch (IOException e) {
            return new ReplicateResult(
                    location.toString(),
                    Target.State.ABSENT,
                    ReplicateResult.State.FAILED,
                    List.of(),
                    0,
                    0,
                    List.of(),
                    0,
                    0,
                    List.of(),
                    Messages.of(e),
                    Duration.ZERO);
        }
    }
}
