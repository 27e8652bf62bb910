package io.jenkins.plugins.provenbackup.engine.recovery;

import io.jenkins.plugins.provenbackup.engine.catalog.CatalogReader;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryStream;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.catalog.StoredEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Lets an ordinary user read for a while what was restored with modes that forbid it even to the owner. Root reads anyway, so
 * there it does nothing. Memory grows with the number of such entries, which are few.
 */
final class Unlocking implements AutoCloseable {

    private record Locked(Path path, Set<PosixFilePermission> permissions) {}

    private final Deque<Locked> locked = new ArrayDeque<>();
    private final Set<EntryPath> entries = new HashSet<>();

    private Unlocking() {}

    static Unlocking of(Path tree, CatalogReader catalog) throws IOException {
        Unlocking unlocking = new Unlocking();
        EntryStream all = catalog.entries();
        for (Optional<StoredEntry> next = all.next(); next.isPresent(); next = all.next()) {
            Node node = next.get().entry().node();
            int needed = node.type() == EntryType.DIRECTORY ? 0500 : 0400;
            if (node.type() != EntryType.SYMLINK && (node.metadata().mode() & needed) != needed) {
                unlocking.unlock(node.path(), RawNames.resolve(tree, node.path()));
            }
        }
        return unlocking;
    }

    private void unlock(EntryPath entry, Path path) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null || !Files.exists(path, LinkOption.NOFOLLOW_LINKS) || Files.isReadable(path)) {
            return;
        }
        Set<PosixFilePermission> before = view.readAttributes().permissions();
        Set<PosixFilePermission> more = EnumSet.of(PosixFilePermission.OWNER_READ);
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            more.add(PosixFilePermission.OWNER_EXECUTE);
        }
        more.addAll(before);
        view.setPermissions(more);
        locked.push(new Locked(path, before));
        entries.add(entry);
    }

    /** Whether an entry has another mode now than it was restored with. */
    boolean isChanged(EntryPath entry) {
        return entries.contains(entry);
    }

    /** What lies deepest is locked first. */
    @Override
    public void close() throws IOException {
        while (!locked.isEmpty()) {
            Locked one = locked.pop();
            Files.setPosixFilePermissions(one.path(), one.permissions());
        }
    }
}
