package io.jenkins.plugins.provenbackup.engine.target;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Permission bits in the form in which the JDK wants them for a new file; each is made once. Thread-safe. */
final class CreationModes {

    private static final PosixFilePermission[] FROM_LOWEST = {
        PosixFilePermission.OTHERS_EXECUTE, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_READ,
        PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_READ,
        PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_READ
    };

    private final AtomicReferenceArray<FileAttribute<?>[]> made = new AtomicReferenceArray<>(01000);
    private final boolean posix;

    CreationModes(Path target) {
        posix = target.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** The attributes to create a file with, none where there are no permissions. */
    FileAttribute<?>[] of(int mode) {
        FileAttribute<?>[] known = made.get(mode);
        if (known != null) {
            return known;
        }
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions(mode))}
                : new FileAttribute<?>[0];
        made.set(mode, attributes);
        return attributes;
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < FROM_LOWEST.length; bit++) {
            if ((mode & 1 << bit) != 0) {
                permissions.add(FROM_LOWEST[bit]);
            }
        }
        return permissions;
    }
}
