package io.jenkins.plugins.provenbackup.engine.attributes;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import io.jenkins.plugins.provenbackup.engine.catalog.PrintableName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Optional;

/**
 * Files by the calls of the C library, for those who look at a hundred thousand of them: one system call for each question, no
 * maps and boxes for the answers, and names as the bytes that they are. On Linux with x86-64 and a C library that has {@code
 * statx} (2018); elsewhere Java's own way serves. Thread-safe: each thread has memory of its own for arguments.
 */
public final class NativeFiles {

    private static final Optional<NativeFiles> CHOSEN = choose();

    /** PATH_MAX of Linux, the byte at the end included. */
    private static final int LONGEST_PATH = 4096;

    private static final int FACTS = 256;
    private static final int TIMES = 32;
    private static final int SEEK_SET = 0;
    private static final int EINTR = 4;
    private static final int ENAMETOOLONG = 36;

    /** What is read or written by one call at most: large enough to be cheap, small enough to stay in the cache. */
    static final int SLICE = 256 << 10;

    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

    private NativeFiles() {}

    /** Empty where the system is another one, or JNA cannot load its library. */
    public static Optional<NativeFiles> ofThisSystem() {
        return CHOSEN;
    }

    private static Optional<NativeFiles> choose() {
        try {
            if (Platform.isLinux() && Platform.is64Bit() && Platform.isIntel()) {
                FileCalls.load();
                NativeFiles files = new NativeFiles();
                // A kernel before 4.11, or a sandbox, may refuse what the C library has.
                files.look(new byte[] {'/'});
                return Optional.of(files);
            }
        } catch (LinkageError | RuntimeException | IOException e) {
            // Java's own way is left, and does the same a little more slowly.
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** Memory outside the heap. */
    private static final class Scratch {
        private final ByteBuffer path = memory(LONGEST_PATH);
        private final ByteBuffer facts = memory(FACTS);
        private final ByteBuffer times = memory(TIMES);
        private final ByteBuffer content = memory(SLICE);
        private final long pathAddress = address(path);
        private final long factsAddress = address(facts);
        private final long timesAddress = address(times);
        private final long contentAddress = address(content);

        private static ByteBuffer memory(int size) {
            return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        }

        private static long address(ByteBuffer memory) {
            return Pointer.nativeValue(Native.getDirectBufferPointer(memory));
        }

        void times(Instant accessed, Instant modified) {
            times.putLong(0, accessed.getEpochSecond()).putLong(8, accessed.getNano());
            times.putLong(16, modified.getEpochSecond()).putLong(24, modified.getNano());
        }

        long path(byte[] bytes) throws IOException {
            if (bytes.length >= LONGEST_PATH) {
                throw failure(bytes, ENAMETOOLONG);
            }
            path.put(0, bytes).put(bytes.length, (byte) 0);
            return pathAddress;
        }
    }

    /** Looks at a path, not following it when it is a link. */
    public FileFacts look(byte[] path) throws IOException {
        Scratch own = scratch.get();
        if (FileCalls.statx(
                        FileCalls.AT_FDCWD,
                        own.path(path),
                        FileCalls.AT_SYMLINK_NOFOLLOW,
                        FileCalls.STATX_BASIC_STATS,
                        own.factsAddress)
                != 0) {
            throw failure(path, Native.getLastError());
        }
        return facts(own.facts);
    }

    /** Whether a path has extended attributes; a link is not followed. */
    public boolean hasAttributes(byte[] path) throws IOException {
        Scratch own = scratch.get();
        long size = FileCalls.llistxattr(own.path(path), 0, 0);
        if (size < 0) {
            int error = Native.getLastError();
            if (error == LinuxCalls.EOPNOTSUPP) {
                throw new AttributesNotSupportedException("the file system has none", null);
            }
            throw failure(path, error);
        }
        return size > 0;
    }

    /** Opens a file to read it; what is no regular file is opened too, but never waited for. A link is refused. */
    public NativeFile openToRead(byte[] path) throws IOException {
        return open(path, FileCalls.O_RDONLY | FileCalls.O_NOFOLLOW | FileCalls.O_NONBLOCK | FileCalls.O_CLOEXEC, 0);
    }

    /**
     * Makes a new file.
     *
     * @param mode permission bits, from which the umask is taken
     * @throws FileAlreadyExistsException when something is there, be it a link
     */
    public NativeFile create(byte[] path, int mode) throws IOException {
        return open(
                path,
                FileCalls.O_WRONLY | FileCalls.O_CREAT | FileCalls.O_EXCL | FileCalls.O_NOFOLLOW | FileCalls.O_CLOEXEC,
                mode);
    }

    /**
     * Makes a directory.
     *
     * @param mode permission bits, from which the umask is taken
     * @throws FileAlreadyExistsException when something is there
     */
    public void makeDirectory(byte[] path, int mode) throws IOException {
        requireDone(path, FileCalls.mkdir(scratch.get().path(path), mode));
    }

    /** Sets permission bits; a link is followed. */
    public void setMode(byte[] path, int mode) throws IOException {
        requireDone(path, FileCalls.chmod(scratch.get().path(path), mode));
    }

    /** Sets both times to the nanosecond; a link is not followed, but gets them itself. */
    public void setTimes(byte[] path, Instant accessed, Instant modified) throws IOException {
        Scratch own = scratch.get();
        own.times(accessed, modified);
        requireDone(
                path,
                FileCalls.utimensat(
                        FileCalls.AT_FDCWD, own.path(path), own.timesAddress, FileCalls.AT_SYMLINK_NOFOLLOW));
    }

    private static void requireDone(byte[] path, int answer) throws IOException {
        if (answer != 0) {
            throw failure(path, Native.getLastError());
        }
    }

    private NativeFile open(byte[] path, int flags, int mode) throws IOException {
        long address = scratch.get().path(path);
        int file = FileCalls.open(address, flags, mode);
        while (file < 0) {
            int error = Native.getLastError();
            if (error != EINTR) {
                throw failure(path, error);
            }
            file = FileCalls.open(address, flags, mode);
        }
        return new NativeFile(this, path, file);
    }

    FileFacts look(NativeFile file) throws IOException {
        Scratch own = scratch.get();
        own.path.put(0, (byte) 0);
        if (FileCalls.statx(
                        file.number(),
                        own.pathAddress,
                        FileCalls.AT_EMPTY_PATH,
                        FileCalls.STATX_BASIC_STATS,
                        own.factsAddress)
                != 0) {
            throw failure(file.path(), Native.getLastError());
        }
        return facts(own.facts);
    }

    /** At most {@link #SLICE} bytes; -1 at the end. */
    int read(NativeFile file, ByteBuffer target) throws IOException {
        Scratch own = scratch.get();
        int size = Math.min(SLICE, target.remaining());
        int number = file.number();
        int count = (int) checked(file, () -> FileCalls.read(number, own.contentAddress, size));
        target.put(target.position(), own.content, 0, count);
        target.position(target.position() + count);
        return count == 0 ? -1 : count;
    }

    /** At most {@link #SLICE} bytes. */
    int write(NativeFile file, byte[] bytes, int offset, int length) throws IOException {
        Scratch own = scratch.get();
        int size = Math.min(SLICE, length);
        own.content.put(0, bytes, offset, size);
        int number = file.number();
        return (int) checked(file, () -> FileCalls.write(number, own.contentAddress, size));
    }

    void seek(NativeFile file, long position) throws IOException {
        checked(file, FileCalls.lseek(file.number(), position, SEEK_SET));
    }

    void truncate(NativeFile file, long length) throws IOException {
        checked(file, FileCalls.ftruncate(file.number(), length));
    }

    void setTimes(NativeFile file, Instant accessed, Instant modified) throws IOException {
        Scratch own = scratch.get();
        own.times(accessed, modified);
        checked(file, FileCalls.futimens(file.number(), own.timesAddress));
    }

    void close(NativeFile file) throws IOException {
        checked(file, FileCalls.close(file.number()));
    }

    /** A call that may be interrupted by a signal and is then made again. */
    private interface Call {
        long make();
    }

    private static long checked(NativeFile file, Call call) throws IOException {
        long answer = call.make();
        while (answer < 0) {
            int error = Native.getLastError();
            if (error != EINTR) {
                throw failure(file.path(), error);
            }
            answer = call.make();
        }
        return answer;
    }

    private static long checked(NativeFile file, long answer) throws IOException {
        if (answer < 0) {
            throw failure(file.path(), Native.getLastError());
        }
        return answer;
    }

    /** The layout of {@code struct statx}, which is the same for all processors. */
    private static FileFacts facts(ByteBuffer facts) {
        return new FileFacts(
                Short.toUnsignedInt(facts.getShort(28)),
                facts.getLong(40),
                Integer.toUnsignedLong(facts.getInt(20)),
                Integer.toUnsignedLong(facts.getInt(24)),
                Instant.ofEpochSecond(facts.getLong(112), facts.getInt(120)),
                Instant.ofEpochSecond(facts.getLong(96), facts.getInt(104)),
                Integer.toUnsignedLong(facts.getInt(136)) << 32 | Integer.toUnsignedLong(facts.getInt(140)),
                facts.getLong(32),
                facts.getInt(16));
    }

    private static IOException failure(byte[] path, int error) {
        String shown = PrintableName.of(path);
        return switch (error) {
            case LinuxCalls.ENOENT -> new NoSuchFileException(shown);
            case LinuxCalls.EACCES -> new AccessDeniedException(shown);
            case FileCalls.EEXIST -> new FileAlreadyExistsException(shown);
            default -> new FileSystemException(shown, null, FileCalls.strerror(error));
        };
    }
}
