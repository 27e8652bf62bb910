package io.jenkins.plugins.provenbackup.engine.attributes;

import com.sun.jna.Native;
import com.sun.jna.Platform;

/** Chooses, once, how this system's attributes are reached. */
final class SystemAttributes {

    static final ExtendedAttributes CHOSEN = choose();

    private SystemAttributes() {}

    private static ExtendedAttributes choose() {
        try {
            // The signatures below are those of 64 bits.
            if (Platform.isLinux() && Native.SIZE_T_SIZE == Long.BYTES) {
                LinuxCalls.load();
                return new LinuxAttributes();
            }
        } catch (LinkageError | RuntimeException e) {
            // No native library for this processor or C library, or a temporary directory without execution: Java's way
            // is left,
            // and its scope says what it misses.
            return new JavaAttributes();
        }
        return new JavaAttributes();
    }
}
