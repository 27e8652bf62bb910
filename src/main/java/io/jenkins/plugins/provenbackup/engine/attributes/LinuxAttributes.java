package io.jenkins.plugins.provenbackup.engine.attributes;

import com.sun.jna.Native;
import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One call of the C library for each question; names and paths stay bytes, whatever the locale says. */
final class LinuxAttributes implements ExtendedAttributes {

    /** What XATTR_LIST_MAX and XATTR_SIZE_MAX of Linux allow. */
    private static final int LARGEST = 64 * 1024;

    private static final int USUAL = 1024;

    private static final byte[] NO_BYTES = {};

    /** One call's answer, and where it goes. */
    private interface Call {
        long into(byte[] buffer);
    }

    @Override
    public List<ByteString> names(Path path) throws IOException {
        byte[] file = terminated(RawNames.bytesOf(path.toAbsolutePath()));
        // Asking for the size costs a file without any attributes, that is nearly every one, the least.
        long size = LinuxCalls.llistxattr(file, NO_BYTES, 0);
        if (size < 0) {
            throw failure(path, "list the extended attributes", Native.getLastError());
        }
        if (size == 0) {
            return List.of();
        }
        byte[] list = filled(
                path, "list the extended attributes", buffer -> LinuxCalls.llistxattr(file, buffer, buffer.length));
        List<ByteString> names = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < list.length; i++) {
            if (list[i] == 0) {
                names.add(ByteString.of(Arrays.copyOfRange(list, start, i)));
                start = i + 1;
            }
        }
        return names;
    }

    @Override
    public ByteString value(Path path, ByteString name) throws IOException {
        byte[] file = terminated(RawNames.bytesOf(path.toAbsolutePath()));
        byte[] attribute = terminated(name.toByteArray());
        return ByteString.of(filled(
                path,
                "read extended attribute '" + name + "'",
                buffer -> LinuxCalls.lgetxattr(file, attribute, buffer, buffer.length)));
    }

    @Override
    public void set(Path path, ByteString name, ByteString value) throws IOException {
        byte[] file = terminated(RawNames.bytesOf(path.toAbsolutePath()));
        byte[] bytes = value.toByteArray();
        if (LinuxCalls.lsetxattr(file, terminated(name.toByteArray()), bytes, bytes.length, 0) != 0) {
            throw failure(path, "set extended attribute '" + name + "'", Native.getLastError());
        }
    }

    @Override
    public void remove(Path path, ByteString name) throws IOException {
        byte[] file = terminated(RawNames.bytesOf(path.toAbsolutePath()));
        if (LinuxCalls.lremovexattr(file, terminated(name.toByteArray())) != 0
                && Native.getLastError() != LinuxCalls.ENODATA) {
            throw failure(path, "remove extended attribute '" + name + "'", Native.getLastError());
        }
    }

    @Override
    public Scope scope() {
        return Scope.EVERY_NAME_SPACE;
    }

    private static byte[] filled(Path path, String what, Call call) throws IOException {
        byte[] buffer = new byte[USUAL];
        long length = call.into(buffer);
        if (length < 0 && Native.getLastError() == LinuxCalls.ERANGE) {
            buffer = new byte[LARGEST];
            length = call.into(buffer);
        }
        if (length < 0) {
            throw failure(path, what, Native.getLastError());
        }
        return Arrays.copyOf(buffer, (int) length);
    }

    private static IOException failure(Path path, String what, int error) {
        String reason = "cannot " + what + " (errno " + error + ")";
        return switch (error) {
            case LinuxCalls.ENOENT -> new NoSuchFileException(path.toString(), null, reason);
            case LinuxCalls.EACCES -> new AccessDeniedException(path.toString(), null, reason);
            case LinuxCalls.EOPNOTSUPP ->
                new AttributesNotSupportedException("the file system of '" + path + "' has none", null);
            default -> new FileSystemException(path.toString(), null, reason);
        };
    }

    private static byte[] terminated(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length + 1);
    }
}
