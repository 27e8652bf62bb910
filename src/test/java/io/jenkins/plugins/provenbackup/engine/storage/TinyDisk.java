package io.jenkins.plugins.provenbackup.engine.storage;

import io.jenkins.plugins.provenbackup.engine.storage.sftp.OpenSshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A small file system in memory that can be filled up or made read-only; only root can mount one. */
public final class TinyDisk implements AutoCloseable {

    private final Path mountPoint;

    private TinyDisk(Path mountPoint) {
        this.mountPoint = mountPoint;
    }

    /** Mounts one of so many KiB; skips the test where that is not allowed. */
    public static TinyDisk mount(Path mountPoint, int kibibytes) throws Exception {
        Files.createDirectories(mountPoint);
        try {
            OpenSshServer.run("mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "tmpfs", mountPoint.toString());
        } catch (IOException denied) {
            Assumptions.abort("cannot mount a tmpfs: " + denied.getMessage());
        }
        return new TinyDisk(mountPoint);
    }

    public Path path() {
        return mountPoint;
    }

    public void makeReadOnly() throws Exception {
        OpenSshServer.run("mount", "-o", "remount,ro", mountPoint.toString());
    }

    @Override
    public void close() throws IOException {
        OpenSshServer.run("umount", "-l", mountPoint.toString());
    }
}
