package io.jenkins.plugins.provenbackup.engine.storage.sftp;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.ChannelSftp.LsEntry;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import io.jenkins.plugins.provenbackup.engine.storage.PlainAbility;
import io.jenkins.plugins.provenbackup.engine.storage.PlainEntry;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.PlainVerbs;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Plain trees over SFTP, past VFS: raw names, symbolic links, modes, times to the second, and replacing in one step where
 * the server has OpenSSH's posix-rename. Names are bytes on the wire; a channel that reads and writes them as ISO 8859-1
 * passes every byte on as it is.
 */
final class SftpPlainVerbs extends PlainVerbs {

    private static final String POSIX_RENAME = "posix-rename@openssh.com";
    private static final long LATEST = 0xffff_ffffL;

    private final SftpFiles files;

    SftpPlainVerbs(SftpVfsSession session, SftpFiles files) {
        super(session);
        this.files = files;
    }

    @Override
    public Set<PlainAbility> abilities() throws IOException {
        Set<PlainAbility> abilities = EnumSet.allOf(PlainAbility.class);
        if (!files.<Boolean>withChannel(channel -> channel.getExtension(POSIX_RENAME) != null)) {
            abilities.remove(PlainAbility.REPLACES_AT_ONCE);
        }
        return abilities;
    }

    @Override
    public Optional<String> refusal(byte[] name) {
        return Optional.empty();
    }

    @Override
    public List<PlainEntry> list(byte[] folder) throws IOException {
        List<PlainEntry> entries = new ArrayList<>();
        raw(channel -> {
            channel.ls(quoted(folder), entry -> {
                String name = entry.getFilename();
                if (!name.equals(".") && !name.equals("..")) {
                    entries.add(entry(entry));
                }
                return ChannelSftp.LsEntrySelector.CONTINUE;
            });
            return entries;
        });
        return entries;
    }

    @Override
    public Optional<PlainEntry> look(byte[] path) throws IOException {
        return raw(channel -> {
            try {
                return Optional.of(entry(lastPart(path), channel.lstat(quoted(path))));
            } catch (SftpException e) {
                if (e.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    /** The channel is busy until the stream is closed. */
    @Override
    public OutputStream write(byte[] path) throws IOException {
        ChannelSftp channel = begin();
        try {
            return new FilterOutputStream(channel.put(quoted(path), ChannelSftp.OVERWRITE)) {
                private boolean closed;

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    out.write(bytes, offset, length);
                }

                @Override
                public void close() throws IOException {
                    if (!closed) {
                        closed = true;
                        try {
                            super.close();
                        } finally {
                            end(channel);
                        }
                    }
                }
            };
        } catch (SftpException e) {
            end(channel);
            throw new IOException(e);
        }
    }

    /** The channel is busy until the stream is closed. */
    @Override
    public InputStream read(byte[] path) throws IOException {
        ChannelSftp channel = begin();
        try {
            return new FilterInputStream(channel.get(quoted(path))) {
                private boolean closed;

                @Override
                public void close() throws IOException {
                    if (!closed) {
                        closed = true;
                        try {
                            super.close();
                        } finally {
                            end(channel);
                        }
                    }
                }
            };
        } catch (SftpException e) {
            end(channel);
            throw new IOException(e);
        }
    }

    @Override
    public void createFolder(byte[] path) throws IOException {
        raw(channel -> {
            channel.mkdir(latin(path)); // the one verb of JSch that takes no patterns
            return path;
        });
    }

    @Override
    public void replace(byte[] temporary, byte[] path) throws IOException {
        raw(channel -> {
            if (channel.getExtension(POSIX_RENAME) == null) {
                // Version 3 of SFTP cannot rename over a file.
                removeIfThere(channel, path);
            }
            channel.rename(quoted(temporary), quoted(path));
            return path;
        });
    }

    @Override
    public void setModified(byte[] path, Instant modified) throws IOException {
        int seconds = (int) Math.max(0, Math.min(LATEST, modified.getEpochSecond()));
        raw(channel -> {
            channel.setMtime(quoted(path), seconds);
            return path;
        });
    }

    @Override
    public void setMode(byte[] path, int mode) throws IOException {
        raw(channel -> {
            channel.chmod(mode, quoted(path));
            return path;
        });
    }

    @Override
    public void symlink(byte[] path, byte[] target) throws IOException {
        raw(channel -> {
            channel.symlink(quoted(target), quoted(path));
            return path;
        });
    }

    @Override
    public byte[] readLink(byte[] path) throws IOException {
        return raw(channel -> channel.readlink(quoted(path)).getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void delete(byte[] path) throws IOException {
        raw(channel -> {
            removeIfThere(channel, path);
            return path;
        });
    }

    @Override
    public void deleteFolder(byte[] path) throws IOException {
        raw(channel -> {
            try {
                channel.rmdir(quoted(path));
            } catch (SftpException e) {
                if (e.id != ChannelSftp.SSH_FX_NO_SUCH_FILE) {
                    throw e;
                }
            }
            return path;
        });
    }

    private static void removeIfThere(ChannelSftp channel, byte[] path) throws SftpException {
        try {
            channel.rm(quoted(path));
        } catch (SftpException e) {
            if (e.id != ChannelSftp.SSH_FX_NO_SUCH_FILE) {
                throw e;
            }
        }
    }

    private static PlainEntry entry(LsEntry entry) {
        return entry(entry.getFilename().getBytes(StandardCharsets.ISO_8859_1), entry.getAttrs());
    }

    private static PlainEntry entry(byte[] name, SftpATTRS attributes) {
        PlainEntry.Kind kind = attributes.isReg()
                ? PlainEntry.Kind.FILE
                : attributes.isDir()
                        ? PlainEntry.Kind.FOLDER
                        : attributes.isLink() ? PlainEntry.Kind.SYMLINK : PlainEntry.Kind.OTHER;
        return new PlainEntry(
                name,
                kind,
                kind == PlainEntry.Kind.FILE ? attributes.getSize() : 0,
                Instant.ofEpochSecond(Integer.toUnsignedLong(attributes.getMTime())),
                OptionalInt.of(attributes.getPermissions() & 07777));
    }

    private <T> T raw(SftpFiles.ChannelWork<T> work) throws IOException {
        return files.withChannel(channel -> {
            channel.setFilenameEncoding(StandardCharsets.ISO_8859_1);
            try {
                return work.on(channel);
            } finally {
                channel.setFilenameEncoding(StandardCharsets.UTF_8);
            }
        });
    }

    private ChannelSftp begin() throws IOException {
        ChannelSftp channel = files.getChannel();
        channel.setFilenameEncoding(StandardCharsets.ISO_8859_1);
        return channel;
    }

    private void end(ChannelSftp channel) {
        channel.setFilenameEncoding(StandardCharsets.UTF_8);
        files.giveBack(channel);
    }

    private static byte[] lastPart(byte[] path) {
        int start = path.length;
        while (start > 0 && path[start - 1] != '/') {
            start--;
        }
        return Arrays.copyOfRange(path, start, path.length);
    }

    /** JSch takes these for patterns unless a backslash stands before them. */
    private static String quoted(byte[] path) {
        return latin(path).replaceAll("([\\\\*?])", "\\\\$1");
    }

    private static String latin(byte[] path) {
        return new String(path, StandardCharsets.ISO_8859_1);
    }
}
