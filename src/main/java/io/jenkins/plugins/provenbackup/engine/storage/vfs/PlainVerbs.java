package io.jenkins.plugins.provenbackup.engine.storage.vfs;

import io.jenkins.plugins.provenbackup.engine.storage.PlainAbility;
import io.jenkins.plugins.provenbackup.engine.storage.PlainEntry;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.commons.vfs2.Capability;
import org.apache.commons.vfs2.FileName;
import org.apache.commons.vfs2.FileObject;
import org.apache.commons.vfs2.FileSystem;
import org.apache.commons.vfs2.FileSystemException;
import org.apache.commons.vfs2.FileType;
import org.apache.commons.vfs2.provider.AbstractFileName;
import org.apache.commons.vfs2.provider.UriParser;

/**
 * What plain trees are made of, on one session, by absolute paths of raw bytes. This does what every VFS provider can; a
 * protocol that can do more overrides it. Used by one thread at a time.
 */
public class PlainVerbs {

    private final VfsSession session;

    protected PlainVerbs(VfsSession session) {
        this.session = session;
    }

    /** What is possible here; asks the server at most once in a session. */
    public Set<PlainAbility> abilities() throws IOException {
        FileSystem files = session.resolve("/").getFileSystem();
        Set<PlainAbility> abilities = EnumSet.noneOf(PlainAbility.class);
        if (files.hasCapability(Capability.SET_LAST_MODIFIED_FILE)) {
            abilities.add(PlainAbility.FILE_TIMES);
        }
        if (files.hasCapability(Capability.SET_LAST_MODIFIED_FOLDER)) {
            abilities.add(PlainAbility.FOLDER_TIMES);
        }
        return abilities;
    }

    /** Times that differ by less than this may be the same. */
    public Duration timeStep() {
        return Duration.ofSeconds(1);
    }

    /**
     * Why a name cannot be held. VFS takes a backslash for a separator, some protocols take a control character for the end
     * of a command, and some servers take stars and the like for patterns, so all of these are refused here.
     */
    public Optional<String> refusal(byte[] name) {
        for (byte b : name) {
            if (b >= 0 && b < 0x20 || b == 0x7f || "\\*?[".indexOf(b) >= 0) {
                return Optional.of("it has a control character, a backslash or one of * ? [");
            }
        }
        try {
            decode(name);
            return Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.of("it is not valid UTF-8");
        }
    }

    /** What a folder holds, our own temporary files among it. */
    public List<PlainEntry> list(byte[] folder) throws IOException {
        FileObject directory = at(folder);
        if (!directory.isFolder()) {
            throw new StorageException.Missing("There is no folder " + new String(folder, StandardCharsets.UTF_8));
        }
        List<PlainEntry> entries = new ArrayList<>();
        for (FileObject child : directory.getChildren()) {
            entry(child).ifPresent(entries::add);
        }
        return entries;
    }

    /** What is at a path, links not followed. */
    public Optional<PlainEntry> look(byte[] path) throws IOException {
        return entry(at(path));
    }

    /** A new file, or one that is emptied first. */
    public OutputStream write(byte[] path) throws IOException {
        return at(path).getContent().getOutputStream();
    }

    public InputStream read(byte[] path) throws IOException {
        return at(path).getContent().getInputStream();
    }

    public void createFolder(byte[] path) throws IOException {
        at(path).createFolder();
    }

    /** Gives a complete file its name, replacing what is there; between the two there may be a moment without either. */
    public void replace(byte[] temporary, byte[] path) throws IOException {
        at(temporary).moveTo(at(path));
    }

    /** Called only for what {@link #abilities} promise. */
    public void setModified(byte[] path, Instant modified) throws IOException {
        at(path).getContent().setLastModifiedTime(modified.toEpochMilli());
    }

    /** Called only for what {@link #abilities} promise. */
    public void setMode(byte[] path, int mode) throws IOException {
        throw new UnsupportedOperationException("this protocol knows no modes");
    }

    /** Called only for what {@link #abilities} promise. */
    public void symlink(byte[] path, byte[] target) throws IOException {
        throw new UnsupportedOperationException("this protocol knows no links");
    }

    /** Called only for what {@link #abilities} promise. */
    public byte[] readLink(byte[] path) throws IOException {
        throw new UnsupportedOperationException("this protocol knows no links");
    }

    public void delete(byte[] path) throws IOException {
        FileObject file = at(path);
        if (file.exists()) {
            file.delete();
        }
    }

    public void deleteFolder(byte[] path) throws IOException {
        FileObject folder = at(path);
        if (folder.isFolder() && folder.getChildren().length == 0) {
            folder.delete();
        } else if (folder.exists()) {
            throw new FileSystemException("vfs.provider/delete-not-permitted.error", folder.getName());
        }
    }

    private static Optional<PlainEntry> entry(FileObject file) throws IOException {
        FileType type = file.getType();
        if (type != FileType.FILE && type != FileType.FOLDER) {
            return Optional.empty();
        }
        byte[] name = UriParser.decode(file.getName().getBaseName()).getBytes(StandardCharsets.UTF_8);
        boolean isFile = type == FileType.FILE;
        return Optional.of(new PlainEntry(
                name,
                isFile ? PlainEntry.Kind.FILE : PlainEntry.Kind.FOLDER,
                isFile ? file.getContent().getSize() : 0,
                Instant.ofEpochMilli(modified(file)),
                OptionalInt.empty()));
    }

    private static long modified(FileObject file) {
        try {
            return file.getContent().getLastModifiedTime();
        } catch (FileSystemException notTold) {
            return 0;
        }
    }

    /** Past the parser of VFS, which would normalise the name. */
    private FileObject at(byte[] path) throws IOException {
        FileObject root = session.resolve("/");
        String text = decode(path);
        if (text.isEmpty() || text.equals("/")) {
            return root;
        }
        FileName name = ((AbstractFileName) root.getName()).createName(text.replace("%", "%25"), FileType.FILE);
        return root.getFileSystem().resolveFile(name);
    }

    private static String decode(byte[] path) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(path)).toString();
    }
}
