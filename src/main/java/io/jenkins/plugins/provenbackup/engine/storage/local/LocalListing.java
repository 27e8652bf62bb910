package io.jenkins.plugins.provenbackup.engine.storage.local;

import io.jenkins.plugins.provenbackup.engine.storage.ObjectName;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Collects the objects below a directory; the walk delivers each file's attributes, so none is looked at twice. */
final class LocalListing extends SimpleFileVisitor<Path> {

    private final List<StoredObject> found = new ArrayList<>();
    private final Path root;
    private final Path start;
    private final Predicate<String> wanted;
    private String prefix = "";

    private LocalListing(Path root, Path start, Predicate<String> wanted) {
        this.wanted = wanted;
        this.root = root;
        this.start = start;
    }

    /** The files whose last part is wanted. */
    static List<StoredObject> of(Path root, Path start, Predicate<String> wanted) throws IOException {
        LocalListing listing = new LocalListing(root, start, wanted);
        Files.walkFileTree(start, listing);
        return listing.found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        if (!directory.equals(start) && !ObjectName.isValid(lastPart(directory))) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        prefix = prefixOf(directory);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
        super.postVisitDirectory(directory, failure);
        Path parent = directory.getParent();
        prefix = directory.equals(start) || parent == null ? prefix : prefixOf(parent);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        String last = lastPart(file);
        // Not followed, not deleted, not ours: links, sockets, leftovers and names that no put would accept.
        if (attributes.isRegularFile() && ObjectName.isValid(last) && wanted.test(last)) {
            found.add(new StoredObject(
                    prefix + last,
                    attributes.size(),
                    attributes.lastModifiedTime().toInstant()));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        boolean foreign = !file.equals(start) && !ObjectName.isValid(lastPart(file));
        boolean vanished = failure instanceof NoSuchFileException && !file.equals(start);
        if (foreign || vanished) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }

    private static String lastPart(Path path) {
        return String.valueOf(path.getFileName());
    }

    private String prefixOf(Path directory) {
        return directory.equals(root)
                ? ""
                : root.relativize(directory).toString().replace('\\', '/') + "/";
    }
}
