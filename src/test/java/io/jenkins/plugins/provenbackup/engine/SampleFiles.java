package io.jenkins.plugins.provenbackup.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Random;

/** Files whose content cannot be compressed and whose age lets a backup trust their times. */
final class SampleFiles {

    static final FileTime OLD = FileTime.from(Instant.parse("2020-02-02T20:20:20.123456789Z"));

    private SampleFiles() {}

    /** Writes a file, or other content into it; the same seed gives the same bytes. */
    static Path write(Path file, long size, long seed) throws IOException {
        Files.createDirectories(file.getParent());
        Random random = new Random(seed);
        byte[] buffer = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long left = size; left > 0; left -= buffer.length) {
                random.nextBytes(buffer);
                out.write(buffer, 0, (int) Math.min(left, buffer.length));
            }
        }
        return age(file);
    }

    /** Writes a small text. */
    static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return age(Files.writeString(file, text));
    }

    static Path age(Path file) throws IOException {
        return Files.setLastModifiedTime(file, OLD);
    }
}
