package io.jenkins.plugins.provenbackup.engine.mirror;

import io.jenkins.plugins.provenbackup.engine.Cancellation;
import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.RetryPolicy;
import io.jenkins.plugins.provenbackup.engine.storage.RetryingTree;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.Time;
import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Makes a plain copy of a directory at a destination, or brings one up to date: exact, browsable with any tool, and not
 * encrypted. Only what differs is transferred; what the source does not have is deleted at the end and only when asked. Every
 * file at the mirror is whole at any moment, the old one or the new one. For one thread, whose interrupt cancels it; the
 * next run goes on where a cancelled one stopped.
 */
public final class Mirror {

    private Mirror() {}

    /**
     * Runs a mirror.
     *
     * @throws RefusedException when the target is not a place for a mirror of this source, or the source looks like a mistake
     * @throws IOException when it could not go on: no connection, no space, no such source
     * @throws InterruptedException when the thread was interrupted
     */
    public static MirrorResult run(MirrorRequest request, ProgressListener progress, Clock clock)
            throws IOException, InterruptedException {
        return Cancellation.told(() -> mirror(request, progress, clock));
    }

    private static MirrorResult mirror(MirrorRequest request, ProgressListener progress, Clock clock)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        progress.phase(ProgressListener.Phase.MIRRORING);
        MirrorLog log = new MirrorLog(progress);
        requireDirectory(request.source());
        MirrorGuard.requireApart(request);
        try (MirrorTarget target = open(request)) {
            Map<ByteString, Present> root = target.list(EntryPath.ROOT);
            MirrorGuard.requireNoRepository(root, target.location());
            Optional<MirrorMemory> memory = memory(request, target, clock);
            if (request.writes()) {
                write(request, target, memory, log);
            } else {
                new MirrorRun(request, target, memory, Duration.ZERO, Folder.Names.EXACT, log).run();
            }
            if (!target.replacesAtOnce()) {
                log.notice(target.location() + " cannot replace a file in one step: while one is replaced, a reader may"
                        + " find it missing for a moment, but never half written.");
            }
            return log.result(target.location(), target.losses(), Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private static void write(MirrorRequest request, MirrorTarget target, Optional<MirrorMemory> memory, MirrorLog log)
            throws IOException, InterruptedException {
        MirrorRun run;
        try (MirrorLock lock = MirrorLock.take(target)) {
            Folder.Names names = target.foldsCase(lock.name()) ? Folder.Names.CASE_FOLDED : Folder.Names.EXACT;
            run = new MirrorRun(request, target, memory, lock.targetAhead(), names, log);
            run.run();
        }
        run.finishRoot();
        if (memory.isPresent()) {
            remember(memory.get(), log);
        }
    }

    /** What cannot be remembered costs the next run time; the mirror itself is done. */
    private static void remember(MirrorMemory memory, MirrorLog log) throws InterruptedException {
        try {
            memory.finish();
        } catch (IOException e) {
            log.notice("What was copied could not be remembered in the repository, so the next run compares by size and"
                    + " time: " + e.getMessage());
        }
    }

    private static Optional<MirrorMemory> memory(MirrorRequest request, MirrorTarget target, Clock clock)
            throws IOException {
        if (request.memory().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new MirrorMemory(request.memory().get(), target.location(), clock));
    }

    private static MirrorTarget open(MirrorRequest request) throws IOException {
        if (request.target().isLocal()) {
            return new LocalTarget(
                    Path.of(request.target().path()).toAbsolutePath().normalize());
        }
        OpenMode mode = request.writes() ? OpenMode.CREATE : OpenMode.EXISTING;
        RemoteTarget target = null;
        RetryingTree tree = new RetryingTree(
                StorageFactory.openTree(request.target(), request.options(), mode),
                RetryPolicy.defaults(),
                Time.system(),
                RandomGenerator.getDefault());
        try {
            target = new RemoteTarget(tree);
            return target;
        } finally {
            if (target == null) {
                tree.close();
            }
        }
    }

    private static void requireDirectory(Path source) throws RefusedException, StorageException {
        if (!Files.exists(source)) {
            throw new StorageException.Missing("There is no " + source + " to mirror. The mirror was not touched: check"
                    + " the path, and that its disk is mounted.");
        }
        if (!Files.isDirectory(source)) {
            throw new RefusedException(source + " is no directory. A mirror is made of a directory.");
        }
    }
}
