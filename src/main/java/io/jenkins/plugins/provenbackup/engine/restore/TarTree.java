package io.jenkins.plugins.provenbackup.engine.restore;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A tree as GNU tar, whose long names are bytes as they are; POSIX tar would force them into UTF-8. Hard links are written as
 * files of their own.
 */
final class TarTree implements TreeArchive {

    private final TarArchiveOutputStream tar;
    private final EntryPath base;

    TarTree(OutputStream out, EntryPath base) {
        // Latin-1 has one character for each byte, so names pass through unchanged.
        this.tar = new TarArchiveOutputStream(out, StandardCharsets.ISO_8859_1.name());
        this.tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
        this.tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
        this.base = base;
    }

    @Override
    public OutputStream begin(Node node) throws IOException {
        String name = latin(node.path().relativeTo(base).toByteArray());
        TarArchiveEntry entry = switch (node.type()) {
            case DIRECTORY -> new TarArchiveEntry(name + "/", true);
            case FILE -> new TarArchiveEntry(name, true);
            case SYMLINK -> new TarArchiveEntry(name, TarConstants.LF_SYMLINK, true);
        };
        if (node.type() == EntryType.SYMLINK) {
            entry.setLinkName(latin(node.linkTarget().toByteArray()));
        }
        entry.setSize(node.size());
        entry.setMode(node.metadata().mode());
        entry.setIds((int) node.metadata().uid(), (int) node.metadata().gid());
        entry.setNames(node.metadata().user(), node.metadata().group());
        entry.setModTime(Date.from(node.metadata().mtime()));
        tar.putArchiveEntry(entry);
        return tar;
    }

    @Override
    public void end() throws IOException {
        tar.closeArchiveEntry();
    }

    @Override
    public void finish() throws IOException {
        tar.finish();
        tar.flush();
    }

    private static String latin(byte[] name) {
        return new String(name, StandardCharsets.ISO_8859_1);
    }
}
