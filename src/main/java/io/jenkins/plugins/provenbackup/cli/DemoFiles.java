package io.jenkins.plugins.provenbackup.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The demo's files: what it backs up, what it changes, what it breaks, and whether all came back. */
final class DemoFiles {

    private DemoFiles() {}

    /** Copies parts of the running Java, and these sources where they are, up to a size. Returns the bytes copied. */
    static long collect(Path target, long most) throws IOException {
        Path java = Path.of(System.getProperty("java.home"));
        long copied = 0;
        for (Path part : List.of(Path.of("src"), Path.of("docs"))) {
            if (Files.isRegularFile(Path.of("pom.xml")) && Files.isDirectory(part)) {
                copied += copy(part, target.resolve("project").resolve(part), most - copied);
            }
        }
        for (String part : List.of("conf", "legal", "include", "bin", "lib")) {
            if (Files.isDirectory(java.resolve(part))) {
                copied += copy(java.resolve(part), target.resolve("java").resolve(part), most - copied);
            }
        }
        return copied;
    }

    private static long copy(Path from, Path to, long most) throws IOException {
        FileVisitor<Path> copier = new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!attributes.isRegularFile() || !Files.isReadable(file) || copied + attributes.size() > most) {
                    return FileVisitResult.CONTINUE;
                }
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(Objects.requireNonNull(copy.getParent()));
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                copied += attributes.size();
                return FileVisitResult.CONTINUE;
            }

            private long copied;

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public String toString() {
                return String.valueOf(copied);
            }
        };
        Files.walkFileTree(from, copier);
        return Long.parseLong(copier.toString());
    }

    /** Edits a file, adds one, deletes one. */
    static void change(Path source) throws IOException {
        List<Path> files = files(source);
        Files.writeString(
                files.get(files.size() / 2),
                "\n# changed by the demo\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.APPEND);
        Files.writeString(source.resolve("new-file.txt"), "written after the first backup\n");
        Files.delete(files.get(files.size() / 3));
    }

    /** Flips a byte in one archive and deletes another. Returns what was done. */
    static String damage(Path destination) throws IOException {
        List<Path> archives = files(destination.resolve("archives"));
        Path flipped = archives.get(0);
        try (FileChannel channel = FileChannel.open(flipped, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long middle = channel.size() / 2;
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, middle);
            one.put(0, (byte) (one.get(0) ^ 1)).flip();
            channel.write(one, middle);
        }
        String done = "one bit flipped in archive "
                + String.valueOf(flipped.getFileName()).substring(0, 8);
        if (archives.size() > 1) {
            Path deleted = archives.get(archives.size() - 1);
            Files.delete(deleted);
            done += ", archive " + String.valueOf(deleted.getFileName()).substring(0, 8) + " deleted";
        }
        return done;
    }

    /** The first difference between two trees, or an empty text. */
    static String difference(Path expected, Path actual) throws IOException {
        List<Path> wanted = files(expected);
        List<Path> found = files(actual);
        if (wanted.size() != found.size()) {
            return "there are " + found.size() + " files instead of " + wanted.size();
        }
        for (Path file : wanted) {
            Path other = actual.resolve(expected.relativize(file).toString());
            if (!Files.exists(other) || Files.mismatch(file, other) >= 0) {
                return other + " is missing or different";
            }
            if (!Files.getLastModifiedTime(file).equals(Files.getLastModifiedTime(other))) {
                return other + " has another time";
            }
        }
        return "";
    }

    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    static long size(Path folder) throws IOException {
        long size = 0;
        for (Path file : files(folder)) {
            size += Files.size(file);
        }
        return size;
    }
}
