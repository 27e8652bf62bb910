package io.jenkins.plugins.provenbackup.testing;

import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.Random;

/** Builds trees of files that backup tools are known to get wrong. Works as root and as an ordinary user. */
public final class TreeFixture {

    private final Path root;

    private TreeFixture(Path root) {
        this.root = root;
    }

    /** Fills an empty or missing directory with one of everything. */
    public static TreeFixture zoo(Path root) throws IOException, InterruptedException {
        TreeFixture fixture = new TreeFixture(Files.createDirectories(root));
        fixture.names();
        fixture.hardLinks();
        fixture.symlinks();
        fixture.sparseFiles();
        fixture.xattrs();
        fixture.modes();
        fixture.deepPath();
        fixture.times();
        fixture.empties();
        return fixture;
    }

    /** Adds a file of 5 GB that takes a few KB, with data at its start, beyond 4 GB and at its end. */
    public TreeFixture withHugeSparseFile() throws IOException {
        long size = 5L << 30;
        sparse("huge-sparse", size, 0, (1L << 32) + 12_345, size - 10);
        return this;
    }

    /** Whether the tests run as root. */
    public static boolean isRoot() throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    }

    private void names() throws IOException {
        Path names = Files.createDirectory(root.resolve("names"));
        byte[] longest = "x".repeat(255).getBytes(StandardCharsets.US_ASCII);
        byte[][] raw = {
            bytes("new\nline"),
            bytes(" spaces and \t tab "),
            bytes("emoji \ud83d\ude80"),
            bytes("gr\u00fc\u00dfe"),
            bytes("back\\slash"),
            bytes("per%20cent"),
            bytes("-dash"),
            bytes("*?[a]"),
            bytes("..."),
            {'i', 'n', 'v', (byte) 0xff, (byte) 0xfe},
            {(byte) 0xc3},
            {(byte) 0x80, 'x'},
            longest,
        };
        for (byte[] name : raw) {
            Files.write(RawNames.resolve(names, name), name);
        }
        Path invalid = Files.createDirectory(RawNames.resolve(names, new byte[] {'d', (byte) 0xff}));
        Files.write(RawNames.resolve(invalid, new byte[] {(byte) 0xe9}), bytes("below"));
        Path order = Files.createDirectory(root.resolve("order"));
        Files.createDirectory(order.resolve("a"));
        Files.write(order.resolve("a/b"), bytes("1"));
        Files.write(order.resolve("a-b"), bytes("2"));
        Files.write(order.resolve("a.b"), bytes("3"));
    }

    private void hardLinks() throws IOException {
        Path links = Files.createDirectories(root.resolve("hardlinks/sub"));
        Path first = Files.write(root.resolve("hardlinks/first"), bytes("linked"));
        Files.createLink(root.resolve("hardlinks/second"), first);
        Files.createLink(links.resolve("third"), first);
        Files.write(root.resolve("hardlinks/equal-but-not-linked"), bytes("linked"));
    }

    private void symlinks() throws IOException {
        Path links = Files.createDirectory(root.resolve("symlinks"));
        Files.write(links.resolve("file"), bytes("pointed to"));
        Files.createDirectory(links.resolve("dir"));
        String[] targets = {
            "file",
            "dir",
            "dir/",
            "dangling",
            "/nonexistent/absolute",
            "/nonexistent/",
            ".",
            "..",
            "../symlinks/./file",
            "dir//../file",
            "loop9",
        };
        for (int i = 0; i < targets.length; i++) {
            Files.createSymbolicLink(links.resolve("loop" + (i == 10 ? "9x" : i)), RawNames.pathOf(bytes(targets[i])));
        }
        Files.createSymbolicLink(links.resolve("self"), Path.of("self"));
        byte[] invalid = {'.', '.', '/', (byte) 0xff, '/', '/', (byte) 0xc3, '/'};
        Files.createSymbolicLink(links.resolve("invalid"), RawNames.pathOf(invalid));
        byte[] absolute = {'/', (byte) 0xfe, '/', 'x'};
        Files.createSymbolicLink(RawNames.resolve(links, new byte[] {'l', (byte) 0xff}), RawNames.pathOf(absolute));
    }

    private void sparseFiles() throws IOException {
        sparse("sparse-middle", 4 << 20, 0, (4 << 20) - 100);
        sparse("sparse-start", 3 << 20, (3 << 20) - 4096);
        sparse("sparse-end", 3 << 20, 0);
        sparse("sparse-all", 2 << 20);
        sparse("sparse-odd", 1_234_567, 700_001);
        Files.write(root.resolve("zeros-short"), new byte[5000]);
    }

    private void sparse(String name, long size, long... dataAt) throws IOException {
        try (FileChannel file = FileChannel.open(
                root.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (long at : dataAt) {
                file.write(ByteBuffer.wrap(bytes("data at " + at), 0, 7), at);
            }
            file.map(FileChannel.MapMode.READ_WRITE, size, 0);
        }
    }

    private void xattrs() throws IOException {
        Path file = Files.write(root.resolve("xattr-file"), bytes("with attributes"));
        Path readOnly = Files.write(root.resolve("xattr-read-only"), bytes("with attributes"));
        Path directory = Files.createDirectory(root.resolve("xattr-dir"));
        attribute(file, "comment", bytes("gr\u00fc\u00dfe"));
        attribute(file, "binary", new byte[] {0, 1, (byte) 0xff});
        attribute(file, "empty", new byte[0]);
        attribute(readOnly, "comment", bytes("x"));
        attribute(directory, "on-directory", bytes("yes"));
        mode(readOnly, 0444);
    }

    private static void attribute(Path path, String name, byte[] value) throws IOException {
        UserDefinedFileAttributeView view = Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
        try {
            view.write(name, ByteBuffer.wrap(value));
        } catch (IOException unsupported) {
            // a tree without attributes is still a tree
            assert Files.exists(path);
        }
    }

    private void modes() throws IOException {
        Path modes = Files.createDirectory(root.resolve("modes"));
        int[] readable = {0400, 0444, 0600, 0640, 0644, 0660, 0664, 0666, 0755, 0777, 04755, 02755, 06711, 01644};
        for (int mode : readable) {
            mode(Files.write(modes.resolve("f" + Integer.toOctalString(mode)), bytes("m" + mode)), mode);
        }
        for (int mode : new int[] {0500, 0700, 0750, 0777, 01777, 02775}) {
            Path directory = Files.createDirectory(modes.resolve("d" + Integer.toOctalString(mode)));
            Files.write(directory.resolve("inside"), bytes("inside"));
            mode(directory, mode);
        }
        if (isRoot()) {
            mode(Files.write(modes.resolve("f0"), bytes("secret")), 0);
            mode(Files.write(modes.resolve("f200"), bytes("write only")), 0200);
            mode(Files.createDirectory(modes.resolve("d0")), 0);
            owner(Files.write(modes.resolve("by-number"), bytes("x")), 123_456, 234_567, 0644);
            owner(Files.write(modes.resolve("setuid-of-other"), bytes("x")), 1, 1, 06755);
            owner(Files.createDirectory(modes.resolve("dir-of-other")), 1, 2, 02770);
            Files.createSymbolicLink(modes.resolve("link-of-other"), Path.of("nowhere"));
            owner(modes.resolve("link-of-other"), 2, 3);
        }
    }

    private void deepPath() throws IOException {
        Path at = root.resolve("deep");
        Files.createDirectory(at);
        for (int i = 0; i < 6; i++) {
            at = Files.createDirectory(at.resolve((char) ('a' + i) + "x".repeat(199)));
        }
        Files.write(at.resolve("bottom"), bytes("more than 1200 bytes down"));
    }

    private void empties() throws IOException {
        Files.createFile(root.resolve("empty-file"));
        Files.createDirectories(root.resolve("empty-dir/empty-dir"));
        byte[] random = new byte[1_500_000];
        new Random(42).nextBytes(random);
        Files.write(root.resolve("random"), random);
    }

    /** Java cannot set them all, {@code touch} can. */
    private void times() throws IOException, InterruptedException {
        Path times = Files.createDirectory(root.resolve("times"));
        String[] stamps = {
            "2024-02-29T12:34:56.123456789Z",
            "1970-01-01T00:00:00Z",
            "1969-12-31T23:59:58.500000001Z",
            "1950-06-01T00:00:00Z",
            "2040-01-01T00:00:00.999999999Z",
        };
        for (String stamp : stamps) {
            Path file = Files.write(times.resolve(stamp.substring(0, 4)), bytes(stamp));
            touch(file, stamp);
        }
        Path link = Files.createSymbolicLink(times.resolve("link"), Path.of("1970"));
        touch(link, "2001-09-09T01:46:40.123456789Z");
        Path early = Files.createSymbolicLink(times.resolve("early-link"), Path.of("1970"));
        touch(early, "1960-01-01T00:00:00.25Z");
        Path directory = Files.createDirectory(times.resolve("directory"));
        Files.write(directory.resolve("inside"), bytes("x"));
        touch(directory, "1999-12-31T23:59:59.000000001Z");
        FileTime old = FileTime.from(Instant.ofEpochSecond(1_100_000_000, 987_654_321));
        Files.setLastModifiedTime(times, old);
    }

    private static void touch(Path path, String stamp) throws IOException, InterruptedException {
        Command.Result result = Command.run("touch", "-h", "-d", stamp, path.toString());
        if (result.status() != 0) {
            throw new IOException(result.output());
        }
    }

    private static void mode(Path path, int mode) throws IOException {
        Files.setAttribute(path, "unix:mode", mode);
    }

    private static void owner(Path path, int uid, int gid, int mode) throws IOException {
        owner(path, uid, gid);
        mode(path, mode);
    }

    private static void owner(Path path, int uid, int gid) throws IOException {
        Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
