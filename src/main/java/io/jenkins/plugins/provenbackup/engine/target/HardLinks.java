package io.jenkins.plugins.provenbackup.engine.target;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.target.Directories.Real;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Links entries to files that this restore wrote or found unchanged, and to no others. Thread-safe for different entries. */
final class HardLinks {

    private final Directories directories;
    private final Placement placement;
    private final Set<EntryPath> linkable = ConcurrentHashMap.newKeySet();

    HardLinks(Directories directories, Placement placement) {
        this.directories = directories;
        this.placement = placement;
    }

    /** The entry is the snapshot's now; others may be linked to it if it has links at all. */
    void restored(Node node) {
        if (node.type() == EntryType.FILE && node.metadata().linkGroup() != 0) {
            linkable.add(node.path());
        }
    }

    /** Links to an entry; false when that cannot be linked to, or the file system cannot link. */
    boolean link(Node node, EntryPath first) throws IOException {
        Optional<Path> existing = find(first);
        return existing.isPresent() && link(node, existing.get());
    }

    private Optional<Path> find(EntryPath first) throws IOException {
        if (!linkable.contains(first) || !(directories.find(first.parent()) instanceof Real real)) {
            return Optional.empty();
        }
        Path path = RawNames.resolve(real.path(), first.name());
        return Found.at(path).filter(found -> found.is(Found.Type.FILE)).map(found -> path);
    }

    private boolean link(Node node, Path existing) throws IOException {
        Real parent = directories.parent(node);
        try {
            placement.place(node, parent, path -> Files.createLink(path, existing));
        } catch (FileAlreadyExistsException | AccessDeniedException | TargetException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException notHere) {
            return false;
        }
        linkable.add(node.path());
        return true;
    }
}
