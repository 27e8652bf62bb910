package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.crypto.CipherWarmUp;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.restore.Restore;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreRequest;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreResult;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.engine.source.BadPatternException;
import io.jenkins.plugins.provenbackup.engine.source.Excludes;
import io.jenkins.plugins.provenbackup.engine.storage.RateLimit;
import io.jenkins.plugins.provenbackup.engine.target.Overwrite;
import io.jenkins.plugins.provenbackup.engine.target.Ownership;
import io.jenkins.plugins.provenbackup.engine.target.Unlisted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        sortOptions = false,
        description = "Restore a snapshot, or part of it, reading each archive from the first -r that has it intact.",
        footer = {"", "PATH/x of the backup becomes DIR/x. Nothing outside DIR is ever touched."})
final class RestoreCommand implements Callable<Integer> {

    private static final int SHOWN = 20;

    private final Context context;

    @Parameters(index = "0", paramLabel = "SNAPSHOT", description = "The snapshot.")
    private String snapshot;

    @Option(
            names = {"-t", "--target"},
            required = true,
            paramLabel = "DIR",
            description = "Where to; it is made when it is not there.")
    private Path target;

    @Option(
            names = {"-i", "--include"},
            paramLabel = "GLOB",
            description = "Only what matches (syntax of .gitignore; / is the root of the snapshot).")
    private List<String> includes = new ArrayList<>();

    @Option(
            names = "--overwrite",
            paramLabel = "WHEN",
            description = "Files that are there already: never, if-changed (size or mtime differ) or always. Default:"
                    + " if-changed.")
    private String overwrite = "if-changed";

    @Option(names = "--delete", description = "Delete what is in DIR but not in the snapshot.")
    private boolean delete;

    @Option(names = "--no-owner", description = "Leave everything to the user who restores.")
    private boolean noOwner;

    @Option(names = "--limit-download", paramLabel = "RATE", description = "Bytes per second, like 500K or 10M.")
    private String limitDownload;

    @Option(names = "--dry-run", description = "Tell what would be done.")
    private boolean dryRun;

    RestoreCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException, BadPatternException {
        Overwrite when = overwrite();
        Optional<Excludes> patterns = patterns();
        Optional<RateLimit> limit = Figures.limit(limitDownload);
        CipherWarmUp.begin();
        try (OpenRepository repository =
                new Opening(context).repository(request -> request.withLimits(Optional.empty(), limit))) {
            RecoveryKey recovery = Opening.recovery(repository.key(), "read content");
            Snapshot found = repository.snapshot(snapshot);
            try (SourceKey key = recovery.sourceKey(found.manifest().sourceId()).orElseThrow()) {
                RestoreResult result = Restore.run(
                        new RestoreRequest(
                                found.manifest(),
                                key,
                                header -> StreamKey.open(header, recovery),
                                repository.replicas(),
                                target,
                                patterns,
                                when,
                                noOwner ? Ownership.IGNORE : Ownership.RESTORE,
                                delete ? Unlisted.DELETE : Unlisted.KEEP,
                                dryRun ? RestoreRequest.Mode.DRY_RUN : RestoreRequest.Mode.WRITE),
                        context.progress());
                context.progress().close();
                show(result);
                return (result.isIncomplete() ? ExitStatus.INCOMPLETE : ExitStatus.DONE).code();
            }
        }
    }

    private Overwrite overwrite() {
        try {
            return Overwrite.valueOf(overwrite.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--overwrite is never, if-changed or always, not '" + overwrite + "'.");
        }
    }

    private Optional<Excludes> patterns() throws BadPatternException {
        if (includes.isEmpty()) {
            return Optional.empty();
        }
        Excludes.Builder patterns = Excludes.builder();
        for (String include : includes) {
            patterns.add(include, "--include");
        }
        return Optional.of(patterns.build());
    }

    private void show(RestoreResult result) {
        Output output = context.output();
        result.failureTexts().stream().limit(SHOWN).forEach(output::warning);
        if (result.failureCount() > SHOWN) {
            output.warning("... and " + Figures.count(result.failureCount() - SHOWN) + " more could not be restored");
        }
        if (output.isJson()) {
            output.document(json(result));
            return;
        }
        output.line(output.style()
                        .heading((dryRun ? "would restore " : "restored ")
                                + result.snapshot().brief()) + " to " + target);
        output.line("  written  " + Figures.count(result.files(), "file") + ", " + Figures.size(result.bytes()) + "; "
                + Figures.count(result.directories()) + " directories, " + Figures.count(result.symlinks(), "symlink")
                + ", " + Figures.count(result.hardLinks(), "hard link"));
        output.line("  kept     " + Figures.count(result.kept()) + " as they were, " + Figures.count(result.updated())
                + " with metadata corrected; " + Figures.count(result.deleted()) + " deleted");
        output.line("  time     " + Figures.duration(result.duration()));
        result.limitations()
                .forEach((limitation, count) ->
                        output.line("  limits   " + Figures.count(count) + " x " + limitation.description()));
    }

    private static Map<String, Object> json(RestoreResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("snapshot", result.snapshot().hex());
        json.put("files", result.files());
        json.put("directories", result.directories());
        json.put("symlinks", result.symlinks());
        json.put("hardLinks", result.hardLinks());
        json.put("bytes", result.bytes());
        json.put("kept", result.kept());
        json.put("updated", result.updated());
        json.put("deleted", result.deleted());
        Map<String, Object> limitations = new LinkedHashMap<>();
        result.limitations().forEach((limitation, count) -> limitations.put(limitation.name(), count));
        json.put("limitations", limitations);
        json.put("failures", result.failureTexts());
        json.put("failureCount", result.failureCount());
        json.put("failovers", result.failovers());
        json.put("durationMillis", result.duration().toMillis());
        return json;
    }
}
