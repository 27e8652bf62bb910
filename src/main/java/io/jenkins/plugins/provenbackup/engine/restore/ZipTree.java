package io.jenkins.plugins.provenbackup.engine.restore;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** A tree as a zip archive, names in UTF-8. Owners and bytes of names that are no text are lost: use tar for these. */
final class ZipTree implements TreeArchive {

    private final ZipArchiveOutputStream zip;
    private final EntryPath base;

    ZipTree(OutputStream out, EntryPath base) {
        this.zip = new ZipArchiveOutputStream(out);
        this.zip.setEncoding(StandardCharsets.UTF_8.name());
        this.zip.setUseZip64(Zip64Mode.AsNeeded);
        this.base = base;
    }

    @Override
    public OutputStream begin(Node node) throws IOException {
        String name = new String(node.path().relativeTo(base).toByteArray(), StandardCharsets.UTF_8);
        ZipArchiveEntry entry = new ZipArchiveEntry(node.type() == EntryType.DIRECTORY ? name + "/" : name);
        int type = switch (node.type()) {
            case FILE -> UnixStat.FILE_FLAG;
            case DIRECTORY -> UnixStat.DIR_FLAG;
            case SYMLINK -> UnixStat.LINK_FLAG;
        };
        entry.setUnixMode(type | node.metadata().mode());
        entry.setTime(FileTime.from(node.metadata().mtime()));
        if (node.size() >= 0xffff_ffffL) {
            entry.setSize(node.size());
        }
        zip.putArchiveEntry(entry);
        if (node.type() == EntryType.SYMLINK) {
            zip.write(node.linkTarget().toByteArray());
        }
        return zip;
    }

    @Override
    public void end() throws IOException {
        zip.closeArchiveEntry();
    }

    @Override
    public void finish() throws IOException {
        zip.finish();
        zip.flush();
    }
}
