package io.jenkins.plugins.provenbackup.engine.attributes;

import com.sun.jna.Native;

/**
 * Calls of the C library on files, as their manual pages describe them; addresses are plain numbers, since passing arrays would
 * copy them. Each returns -1 on failure.
 */
final class FileCalls {

    static final int EEXIST = 17;

    static final int O_RDONLY = 0;
    static final int O_WRONLY = 1;
    static final int O_CREAT = 0100;
    static final int O_EXCL = 0200;
    static final int O_NONBLOCK = 04000;
    /** This one's number is that of x86-64. */
    static final int O_NOFOLLOW = 0400000;

    static final int O_CLOEXEC = 02000000;

    static final int AT_FDCWD = -100;
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_EMPTY_PATH = 0x1000;
    static final int STATX_BASIC_STATS = 0x7ff;

    private FileCalls() {}

    /** Binds the calls to the C library; to be called before any of them. */
    static void load() {
        Native.register(FileCalls.class, "c");
    }

    static native int open(long path, int flags, int mode);

    static native int close(int file);

    static native long read(int file, long buffer, long size);

    static native long write(int file, long buffer, long size);

    static native long lseek(int file, long offset, int whence);

    static native int ftruncate(int file, long length);

    static native int statx(int directory, long path, int flags, int mask, long facts);

    static native int utimensat(int directory, long path, long times, int flags);

    static native int mkdir(long path, int mode);

    static native int chmod(long path, int mode);

    static native int futimens(int file, long times);

    static native long llistxattr(long path, long list, long size);

    static native String strerror(int error);
}
