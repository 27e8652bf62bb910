package io.jenkins.plugins.provenbackup.engine.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells a full disk from other failures, which the JDK does not. */
final class FreeSpace {

    private static final long NEXT_TO_NOTHING = 64 * 1024;

    private FreeSpace() {}

    /** By the system's words where they are English; else by what is left. */
    static boolean isExhausted(Path directory, IOException cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
            return true;
        }
        if (cause instanceof TargetException) {
            return false;
        }
        try {
            return Files.getFileStore(directory).getUsableSpace() < NEXT_TO_NOTHING;
        } catch (IOException unknown) {
            return false;
        }
    }
}
