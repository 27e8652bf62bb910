package io.jenkins.plugins.provenbackup.jenkins.execution;

import hudson.AbortException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Keeps two attempts at the same run apart. After a controller's restart the first attempt may still be ending on the agent, in the
 * same process under another class loader or in another one; a locked file is seen by both.
 */
final class RunLock implements AutoCloseable {

    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final long LOOK_AGAIN_MILLIS = 200;

    private final Path file;
    private final FileChannel channel;

    private RunLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Waits until no other attempt runs here.
     *
     * @param run random, so that nobody else uses or foresees the name
     */
    static RunLock take(String run) throws IOException, InterruptedException {
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "proven-backup-run-" + run + ".lock");
        FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        boolean isTaken = false;
        try {
            long start = System.nanoTime();
            isTaken = tryLock(channel);
            while (!isTaken) {
                if (System.nanoTime() - start > PATIENCE_NANOS) {
                    throw new AbortException(
                            "An earlier attempt at this backup still runs on this machine and does not end."
                                    + " Run the build again when it has ended.");
                }
                Thread.sleep(LOOK_AGAIN_MILLIS);
                isTaken = tryLock(channel);
            }
            return new RunLock(file, channel);
        } finally {
            if (!isTaken) {
                channel.close();
            }
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        channel.close();
    }
}
