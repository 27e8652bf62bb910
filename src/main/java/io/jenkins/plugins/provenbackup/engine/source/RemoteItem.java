package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Metadata;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.storage.PlainEntry;
import io.jenkins.plugins.provenbackup.engine.storage.PlainTree;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A file, folder or link on a server. */
final class RemoteItem implements SourceItem {

    private static final int FILE_MODE = 0644;
    private static final int FOLDER_MODE = 0755;

    private final PlainTree tree;
    private final PlainEntry entry;
    private final Owner owner;
    private final Node node;

    RemoteItem(PlainTree tree, EntryPath path, PlainEntry entry, Owner owner) {
        this.tree = tree;
        this.entry = entry;
        this.owner = owner;
        EntryType type = switch (entry.kind()) {
            case FILE -> EntryType.FILE;
            case FOLDER -> EntryType.DIRECTORY;
            case SYMLINK -> EntryType.SYMLINK;
            case OTHER -> throw new IllegalArgumentException("'" + path + "' has no content");
        };
        int mode = entry.mode().orElse(type == EntryType.DIRECTORY ? FOLDER_MODE : FILE_MODE);
        Metadata metadata = new Metadata(
                mode, owner.uid(), owner.gid(), "", "", entry.modified(), entry.modified(), 0, 0, List.of());
        this.node = new Node(path, type, metadata, type == EntryType.FILE ? entry.size() : 0, ByteString.EMPTY);
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of(node.size());
    }

    @Override
    public Node complete() throws UnreadableItemException {
        if (node.type() != EntryType.SYMLINK) {
            return node;
        }
        try {
            byte[] target = tree.readLink(node.path().toByteArray());
            return new Node(node.path(), node.type(), node.metadata(), 0, ByteString.of(target));
        } catch (StorageException e) {
            throw unreadable(e);
        }
    }

    @Override
    public SourceContent open() throws UnreadableItemException {
        if (node.type() != EntryType.FILE) {
            throw new IllegalStateException("'" + node.path() + "' is no file");
        }
        try {
            return new Content(tree.open(node.path().toByteArray()));
        } catch (StorageException e) {
            throw unreadable(e);
        }
    }

    @Override
    public Optional<SourceItem> again() throws UnreadableItemException {
        Optional<PlainEntry> now;
        try {
            now = tree.look(node.path().toByteArray());
        } catch (StorageException e) {
            throw unreadable(e);
        }
        if (now.isEmpty() || now.get().kind() != PlainEntry.Kind.FILE) {
            throw ReadFailure.thrown(ReadFailure.vanished(node.path()));
        }
        return Optional.of(new RemoteItem(tree, node.path(), now.get(), owner));
    }

    private UnreadableItemException unreadable(StorageException e) {
        return e instanceof StorageException.Missing
                ? ReadFailure.thrown(ReadFailure.vanished(node.path()))
                : ReadFailure.thrown(node.path(), e);
    }

    /** The content on its way. */
    private final class Content implements SourceContent {

        private final InputStream in;
        private final InputPump pump;
        private volatile boolean isOpen = true;

        Content(InputStream in) {
            this.in = in;
            this.pump = new InputPump(in, "reads from " + tree.location());
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return pump.read(target);
        }

        @Override
        public boolean changed() throws IOException {
            Optional<PlainEntry> now = tree.look(node.path().toByteArray());
            return now.filter(one -> one.kind() == PlainEntry.Kind.FILE
                            && one.size() == entry.size()
                            && one.modified().equals(entry.modified()))
                    .isEmpty();
        }

        @Override
        public boolean isOpen() {
            return isOpen;
        }

        @Override
        public void close() throws IOException {
            isOpen = false;
            pump.close();
            in.close();
        }
    }
}
