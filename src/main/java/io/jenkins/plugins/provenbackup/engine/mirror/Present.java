package io.jenkins.plugins.provenbackup.engine.mirror;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * What a mirror has under a name, links not followed.
 *
 * @param size in bytes; 0 for anything but a file
 * @param mtime as the mirror tells it
 * @param mode permission bits, where they are told
 * @param links how many names the file has, where that is told, else 1
 */
record Present(Kind kind, long size, Instant mtime, OptionalInt mode, int links) {

    /** What it is. */
    enum Kind {
        FILE,
        DIRECTORY,
        SYMLINK,
        OTHER
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }
}
