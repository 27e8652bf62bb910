package io.jenkins.plugins.provenbackup.engine.storage.sftp;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.ChannelSftp.LsEntry;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.vfs2.FileObject;
import org.apache.commons.vfs2.FileSystemException;
import org.apache.commons.vfs2.FileType;
import org.apache.commons.vfs2.provider.AbstractFileName;
import org.apache.commons.vfs2.provider.UriParser;
import org.apache.commons.vfs2.provider.sftp.SftpFileObject;

/**
 * A remote file that tells "not there" from "cannot see". VFS' own takes a lost connection and a denied permission for a
 * file that does not exist, asks for permissions before it writes, and creates every missing folder on the way.
 */
final class SftpFile extends SftpFileObject {

    private final SftpFiles files;
    private final String path;
    private Optional<SftpATTRS> attributes = Optional.empty();

    SftpFile(AbstractFileName name, SftpFiles files) throws FileSystemException {
        super(name, files);
        this.files = files;
        path = name.getPathDecoded();
    }

    @Override
    protected void doAttach() throws Exception {
        if (attributes.isEmpty()) {
            attributes = stat();
        }
    }

    @Override
    protected synchronized void doDetach() {
        attributes = Optional.empty();
    }

    @Override
    protected void onChange() throws Exception {
        attributes = stat();
    }

    @Override
    protected synchronized FileType doGetType() {
        return attributes
                .map(found -> found.isDir() ? FileType.FOLDER : FileType.FILE)
                .orElse(FileType.IMAGINARY);
    }

    @Override
    protected synchronized long doGetContentSize() throws Exception {
        return known().getSize();
    }

    @Override
    protected synchronized long doGetLastModifiedTime() throws Exception {
        // Unsigned on the wire (RFC draft-ietf-secsh-filexfer-02), so good until 2106.
        return Integer.toUnsignedLong(known().getMTime()) * 1000;
    }

    @Override
    protected boolean doIsReadable() {
        return true;
    }

    @Override
    protected boolean doIsWriteable() {
        return true;
    }

    @Override
    public OutputStream getOutputStream(boolean append) throws FileSystemException {
        try {
            return doGetOutputStream(append);
        } catch (FileSystemException e) {
            throw e;
        } catch (Exception e) {
            throw new FileSystemException(e);
        }
    }

    @Override
    protected void doDelete() throws Exception {
        files.withChannel(channel -> {
            channel.rm(path);
            return path;
        });
    }

    @Override
    protected FileObject[] doListChildrenResolved() throws Exception {
        List<LsEntry> entries = new ArrayList<>();
        files.withChannel(channel -> {
            channel.ls(path, entry -> {
                entries.add(entry);
                return ChannelSftp.LsEntrySelector.CONTINUE;
            });
            return path;
        });
        List<FileObject> children = new ArrayList<>(entries.size());
        for (LsEntry entry : entries) {
            String name = entry.getFilename();
            boolean plain = entry.getAttrs().isDir() || entry.getAttrs().isReg();
            if (plain && !name.equals(".") && !name.equals("..")) {
                SftpFile child = (SftpFile)
                        files.resolveFile(files.getFileSystemManager().resolveName(getName(), UriParser.encode(name)));
                child.attributes = Optional.of(entry.getAttrs());
                children.add(child);
            }
        }
        return children.toArray(new FileObject[0]);
    }

    /** Gives the same file a second name; fails when that is taken. Needs OpenSSH's extension hardlink@openssh.com. */
    void linkTo(SftpFile second) throws IOException {
        files.withChannel(channel -> {
            channel.hardlink(path, second.path);
            return path;
        });
    }

    void renameTo(SftpFile target) throws IOException {
        files.withChannel(channel -> {
            channel.rename(path, target.path);
            return path;
        });
    }

    void remove() throws IOException {
        files.withChannel(channel -> {
            channel.rm(path);
            return path;
        });
    }

    private SftpATTRS known() throws FileSystemException {
        return attributes.orElseThrow(() -> new FileSystemException("vfs.provider/get-size-not-file.error", getName()));
    }

    private Optional<SftpATTRS> stat() throws IOException {
        return files.withChannel(channel -> {
            try {
                return Optional.of(channel.stat(path));
            } catch (SftpException e) {
                if (e.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }
}
