package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.attributes.NativeFile;
import io.jenkins.plugins.provenbackup.engine.attributes.NativeFiles;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;

/**
 * The open content of one regular file, by the system's own calls. It is asked of the open file whether it changed, not of its
 * path: one that was replaced or deleted meanwhile lost a link, and that changes its ctime.
 */
final class NativeContent implements SourceContent {

    private final NativeFile file;
    private final FileStat before;

    private NativeContent(NativeFile file, FileStat before) {
        this.file = file;
        this.before = before;
    }

    static SourceContent open(EntryPath entry, Location at, FileStat before, NativeFiles files) throws IOException {
        NativeFile file;
        try {
            file = files.openToRead(at.bytes());
        } catch (FileSystemException e) {
            // A link in the file's place says so better than a refusal to follow it.
            FileContent.requireFile(entry, at.look());
            throw e;
        }
        try {
            FileContent.requireFile(entry, FileStat.of(file.look()));
            return new NativeContent(file, before);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return file.read(target);
    }

    @Override
    public boolean changed() throws IOException {
        return !FileStat.of(file.look()).sameStateAs(before);
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
