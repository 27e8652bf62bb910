package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.catalog.PrintableName;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.mirror.Mirror;
import io.jenkins.plugins.provenbackup.engine.mirror.MirrorMemory;
import io.jenkins.plugins.provenbackup.engine.mirror.MirrorRequest;
import io.jenkins.plugins.provenbackup.engine.mirror.MirrorResult;
import io.jenkins.plugins.provenbackup.engine.source.BadPatternException;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "mirror",
        sortOptions = false,
        description = "Keep a plain, browsable copy of a directory at each --to. It is NOT encrypted.",
        footer = {
            "",
            "Only what differs is transferred. With -r it is remembered there, sealed, what was copied: a file counts as"
                    + " unchanged by the hash of its content, and otherwise by size and mtime.",
            "What is left out of the source, or cannot be read, is neither copied nor deleted. Several --to are done one"
                    + " after the other, and the source is read for each."
        })
final class MirrorCommand implements Callable<Integer> {

    private static final int HALF = 50;

    private final Context context;

    @Parameters(index = "0", paramLabel = "PATH", description = "The directory.")
    private Path path;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "URI",
            description = "Where the mirror is: a path or a URI, as for -r. May be given several times.")
    private List<String> targets = new ArrayList<>();

    @Option(names = "--delete", description = "Delete what is in the mirror but not in PATH.")
    private boolean delete;

    @Option(
            names = "--max-delete",
            paramLabel = "PERCENT",
            description = "Delete nothing when it would be more than this part of the mirror's files. Default: 50.")
    private int mostDeleted = HALF;

    @Option(
            names = "--allow-empty",
            description = "PATH may be empty though the mirror is not; otherwise that is taken for a disk that is not"
                    + " mounted.")
    private boolean allowEmpty;

    @Option(names = "--checksum", description = "Compare contents, reading both ends, instead of size and mtime.")
    private boolean checksum;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "With -r: whose mirror it is. Default as for backup.")
    private String sourceName;

    @Mixin
    private final ExcludeOptions leftOut = new ExcludeOptions();

    @Option(names = "--dry-run", description = "Tell what would be done.")
    private boolean dryRun;

    MirrorCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException, BadPatternException {
        if (mostDeleted < 0 || mostDeleted > 100) {
            throw new UsageException("--max-delete is a percentage, 0 to 100.");
        }
        WalkOptions walk = leftOut.walk();
        Opening opening = new Opening(context);
        OpenRequest places = opening.request(targets);
        if (!context.options().isRepositoryGiven()) {
            return mirror(places, walk, Optional.empty()).code();
        }
        try (OpenRepository repository = opening.repository();
                SourceKey key = key(repository.key())) {
            MirrorMemory.Place place = new MirrorMemory.Place(repository.replicas(), key);
            return mirror(places, walk, Optional.of(place)).code();
        }
    }

    /** Each target by itself: one that fails does not stop the others. */
    private ExitStatus mirror(OpenRequest places, WalkOptions walk, Optional<MirrorMemory.Place> memory)
            throws IOException, InterruptedException {
        MirrorText text = new MirrorText(context.output(), dryRun);
        IOException failure = null;
        for (StorageLocation target : places.locations()) {
            MirrorRequest request = new MirrorRequest(
                    path,
                    walk,
                    target,
                    places.options(),
                    delete ? MirrorRequest.Unlisted.DELETE : MirrorRequest.Unlisted.KEEP,
                    mostDeleted,
                    allowEmpty ? MirrorRequest.EmptySource.INTENDED : MirrorRequest.EmptySource.MISTAKE,
                    checksum ? MirrorRequest.Comparison.CONTENT : MirrorRequest.Comparison.ATTRIBUTES,
                    memory,
                    dryRun ? MirrorRequest.Mode.DRY_RUN : MirrorRequest.Mode.WRITE);
            try {
                MirrorResult result = Mirror.run(request, context.progress(), context.clock());
                context.progress().close();
                text.show(result);
            } catch (IOException e) {
                context.progress().close();
                if (places.locations().size() == 1) {
                    throw e;
                }
                failure = e;
                text.failed(target.toString(), Messages.of(e));
            }
        }
        return failure == null ? text.end() : text.end(ExitStatus.FAILED);
    }

    private SourceKey key(AccessKey key) throws RefusedException {
        String shown = PrintableName.of(RawNames.bytesOf(path.toAbsolutePath().normalize()));
        String name = Optional.ofNullable(sourceName)
                .or(() -> key instanceof SourceKey source ? source.sourceName() : Optional.empty())
                .orElseGet(() -> Whoami.of(context) + ":" + shown);
        return key.sourceKey(name)
                .orElseThrow(() -> new RefusedException("The key file is for another source than '" + name
                        + "': leave out --source, or use that source's key."));
    }
}
