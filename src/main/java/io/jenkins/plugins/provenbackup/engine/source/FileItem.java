package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Metadata;
import io.jenkins.plugins.provenbackup.engine.catalog.Metadata.Xattr;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A file, directory or link of a file tree. */
final class FileItem implements SourceItem {

    /** What completes the items of one walk. */
    record Details(OwnerNames owners, EntryAttributes attributes) {}

    private final Location at;
    private final FileStat stat;
    private final Node node;
    private final Details details;

    FileItem(EntryPath entry, Location at, FileStat stat, long linkGroup, Details details) {
        this.at = at;
        this.stat = stat;
        this.details = details;
        this.node = new Node(
                entry, type(stat), metadata(stat, "", "", linkGroup, List.of()), stat.size(), ByteString.EMPTY);
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of(stat.size());
    }

    @Override
    public Node complete() throws UnreadableItemException {
        try {
            ByteString target = node.type() == EntryType.SYMLINK
                    ? ByteString.of(RawNames.bytesOf(Files.readSymbolicLink(at.path())))
                    : ByteString.EMPTY;
            Metadata metadata = metadata(
                    stat,
                    details.owners().user(at, stat),
                    details.owners().group(at, stat),
                    node.metadata().linkGroup(),
                    details.attributes().of(node.path(), at, stat));
            return new Node(node.path(), node.type(), metadata, node.size(), target);
        } catch (IOException e) {
            throw ReadFailure.thrown(node.path(), e);
        }
    }

    @Override
    public SourceContent open() throws UnreadableItemException {
        requireFile();
        return FileContent.open(node.path(), at, stat);
    }

    @Override
    public Optional<SourceItem> again() throws UnreadableItemException {
        requireFile();
        try {
            FileStat now = at.look();
            FileContent.requireFile(node.path(), now);
            long group = now.inode() == stat.inode() && now.links() > 1
                    ? node.metadata().linkGroup()
                    : 0;
            return Optional.of(new FileItem(node.path(), at, now, group, details));
        } catch (UnreadableItemException e) {
            throw e;
        } catch (IOException e) {
            throw ReadFailure.thrown(node.path(), e);
        }
    }

    private void requireFile() {
        if (node.type() != EntryType.FILE) {
            throw new IllegalStateException("'" + node.path() + "' is no file and has no content");
        }
    }

    private static EntryType type(FileStat stat) {
        return switch (stat.type()) {
            case FILE -> EntryType.FILE;
            case DIRECTORY -> EntryType.DIRECTORY;
            case SYMLINK -> EntryType.SYMLINK;
            default -> throw new IllegalArgumentException("a " + stat.type() + " is not backed up");
        };
    }

    private static Metadata metadata(FileStat stat, String user, String group, long linkGroup, List<Xattr> xattrs) {
        return new Metadata(
                stat.mode(),
                stat.uid(),
                stat.gid(),
                user,
                group,
                stat.mtime(),
                stat.ctime(),
                stat.inode(),
                linkGroup,
                xattrs);
    }
}
