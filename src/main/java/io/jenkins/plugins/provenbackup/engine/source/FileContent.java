package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** The open content of one regular file, by Java's own calls. */
final class FileContent implements SourceContent {

    private static final Set<? extends OpenOption> READ_NO_LINK =
            Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private final Location at;
    private final FileStat before;
    private final FileChannel channel;

    private FileContent(Location at, FileStat before, FileChannel channel) {
        this.at = at;
        this.before = before;
        this.channel = channel;
    }

    /** By the best calls that there are. Looks at the file first, since opening what became a FIFO would wait for its other end. */
    static SourceContent open(EntryPath entry, Location at, FileStat before) throws UnreadableItemException {
        try {
            if (at.files().isPresent()) {
                return NativeContent.open(entry, at, before, at.files().get());
            }
            requireFile(entry, at.look());
            return new FileContent(at, before, FileChannel.open(at.path(), READ_NO_LINK));
        } catch (UnreadableItemException e) {
            throw e;
        } catch (IOException e) {
            throw ReadFailure.thrown(entry, e);
        }
    }

    static void requireFile(EntryPath entry, FileStat stat) throws UnreadableItemException {
        if (stat.type() != FileStat.Type.FILE) {
            throw ReadFailure.thrown(new Problem(
                    entry,
                    Problem.Kind.VANISHED,
                    "'" + entry + "' was a file and was replaced by something else while the backup was running"));
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return channel.read(target);
    }

    @Override
    public boolean changed() throws IOException {
        try {
            return !at.look().sameStateAs(before);
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
