package io.jenkins.plugins.provenbackup.engine.attributes;

import com.sun.jna.Native;

/** The C library's calls, as xattr(7) and its companions describe them. Each returns -1 on failure. */
final class LinuxCalls {

    static final int ENOENT = 2;
    static final int EACCES = 13;
    static final int ERANGE = 34;
    static final int ENODATA = 61;
    static final int EOPNOTSUPP = 95;

    private LinuxCalls() {}

    /** Binds the calls to the C library; to be called before any of them. */
    static void load() {
        Native.register(LinuxCalls.class, "c");
    }

    static native long llistxattr(byte[] path, byte[] list, long size);

    static native long lgetxattr(byte[] path, byte[] name, byte[] value, long size);

    static native int lsetxattr(byte[] path, byte[] name, byte[] value, long size, int flags);

    static native int lremovexattr(byte[] path, byte[] name);
}
