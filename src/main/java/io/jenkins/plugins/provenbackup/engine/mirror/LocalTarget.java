package io.jenkins.plugins.provenbackup.engine.mirror;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.source.SourceItem;
import io.jenkins.plugins.provenbackup.engine.storage.PlainContent;
import io.jenkins.plugins.provenbackup.engine.storage.PlainTree;
import io.jenkins.plugins.provenbackup.engine.target.Action;
import io.jenkins.plugins.provenbackup.engine.target.LimitationCounts;
import io.jenkins.plugins.provenbackup.engine.target.LinkOutcome;
import io.jenkins.plugins.provenbackup.engine.target.OpenFile;
import io.jenkins.plugins.provenbackup.engine.target.Overwrite;
import io.jenkins.plugins.provenbackup.engine.target.Ownership;
import io.jenkins.plugins.provenbackup.engine.target.RestoreOptions;
import io.jenkins.plugins.provenbackup.engine.target.RestoreTarget;
import io.jenkins.plugins.provenbackup.engine.target.TargetException;
import io.jenkins.plugins.provenbackup.engine.target.Unlisted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A mirror in a directory of this machine, as faithful as a restore. */
final class LocalTarget implements MirrorTarget {

    /** Runs of zeros of this length, at multiples of it, become holes. */
    private static final int ZEROS = 64 << 10;

    /** What FAT keeps of a time. */
    private static final Duration COARSEST_CLOCK = Duration.ofSeconds(2);

    private final Path root;
    private final RestoreTarget restore;
    private final LimitationCounts limits = new LimitationCounts();

    LocalTarget(Path root) throws TargetException {
        this.root = root;
        restore = RestoreTarget.open(
                root,
                new RestoreOptions(
                        Overwrite.IF_CHANGED,
                        Ownership.RESTORE,
                        Unlisted.DELETE,
                        limits,
                        RestoreOptions.Naming.WHEN_COMPLETE));
    }

    @Override
    public String location() {
        return root.toString();
    }

    @Override
    public int threads() {
        return Math.max(2, Runtime.getRuntime().availableProcessors());
    }

    @Override
    public boolean replacesAtOnce() {
        return true;
    }

    @Override
    public boolean keepsTimes() {
        return true;
    }

    @Override
    public boolean sameTime(Node node, Present there) {
        Instant wanted = node.metadata().mtime();
        boolean coarse = there.mtime().getNano() == 0
                && Duration.between(wanted, there.mtime()).abs().compareTo(COARSEST_CLOCK) < 0;
        boolean floored = wanted.getEpochSecond() < 0 && there.mtime().equals(wanted.truncatedTo(ChronoUnit.SECONDS));
        return there.mtime().equals(wanted) || coarse || floored;
    }

    @Override
    public Map<ByteString, Present> list(EntryPath directory) throws IOException {
        Map<ByteString, Present> found = new HashMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(RawNames.resolve(root, directory))) {
            for (Path entry : entries) {
                try {
                    found.put(ByteString.of(RawNames.nameOf(entry)), look(entry));
                } catch (NoSuchFileException vanished) {
                    continue;
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (NoSuchFileException | NotDirectoryException notThere) {
            return found;
        }
        return found;
    }

    @Override
    public Optional<Present> hidden(EntryPath path) {
        return Optional.empty();
    }

    @Override
    public void directory(Node node, Optional<Present> there) throws IOException {
        require(node);
        restore.directory(node);
    }

    @Override
    public Present write(Node node, PlainContent content) throws IOException {
        require(node);
        try (InputStream in = content.open();
                OpenFile file = restore.file(node)) {
            byte[] buffer = new byte[ZEROS];
            byte[] zeros = new byte[ZEROS];
            for (int n = in.readNBytes(buffer, 0, ZEROS); n > 0; n = in.readNBytes(buffer, 0, ZEROS)) {
                if (n == ZEROS && Arrays.equals(buffer, zeros)) {
                    file.hole(n);
                } else {
                    file.write(buffer, 0, n);
                }
            }
            file.finish();
        }
        return look(RawNames.resolve(root, node.path()));
    }

    @Override
    public Change symlink(Node node, Optional<Present> there) throws IOException {
        Action action = require(node);
        if (action.kind() == Action.Kind.UPDATE_METADATA) {
            restore.updateMetadata(node);
            return Change.ADJUSTED;
        }
        if (action.writes()) {
            restore.symlink(node);
            return Change.WRITTEN;
        }
        return Change.NONE;
    }

    @Override
    public boolean hasHardLinks() {
        return true;
    }

    /** The writer of this place refuses such names itself. */
    @Override
    public boolean foldsCase(String existing) {
        return false;
    }

    @Override
    public Optional<Change> link(Node node, EntryPath first) throws IOException {
        Action action = restore.planHardLink(node, first);
        if (action.kind() == Action.Kind.REFUSE) {
            throw new IOException(action.reason());
        }
        if (!action.writes()) {
            if (action.kind() == Action.Kind.UPDATE_METADATA) {
                restore.updateMetadata(node);
                return Optional.of(Change.ADJUSTED);
            }
            return Optional.of(Change.NONE);
        }
        return restore.hardLink(node, first) == LinkOutcome.LINKED ? Optional.of(Change.WRITTEN) : Optional.empty();
    }

    @Override
    public Adjusted adjust(SourceItem item, Present there) throws IOException {
        Node node = item.complete();
        if (require(node).kind() == Action.Kind.KEEP) {
            return new Adjusted(Change.NONE, there.mtime());
        }
        restore.updateMetadata(node);
        // Only now is it as the source's, so that others may be linked to it.
        require(node);
        return new Adjusted(
                Change.ADJUSTED, look(RawNames.resolve(root, node.path())).mtime());
    }

    @Override
    public void finish(Node directory, Optional<Present> there) throws IOException {
        restore.finishDirectory(directory);
    }

    @Override
    public void delete(EntryPath path, Present.Kind kind) throws IOException {
        restore.delete(path);
    }

    @Override
    public InputStream open(EntryPath path) throws IOException {
        return Files.newInputStream(RawNames.resolve(root, path), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public Present mark(String name, byte[] content) throws IOException {
        Files.createDirectories(root);
        Path temporary = root.resolve(PlainTree.newTemporary());
        Path marker = root.resolve(name);
        try {
            Files.write(temporary, content);
            Files.move(temporary, marker, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        return look(marker);
    }

    @Override
    public Map<String, Long> losses() {
        Map<String, Long> described = new LinkedHashMap<>();
        limits.tallies().forEach((limit, tally) -> described.put(limit.description(), tally.count()));
        return described;
    }

    @Override
    public void close() throws IOException {
        restore.close();
    }

    private Action require(Node node) throws IOException {
        Action action = restore.plan(node);
        if (action.kind() == Action.Kind.REFUSE) {
            throw new IOException(action.reason());
        }
        return action;
    }

    private static Present look(Path path) throws IOException {
        BasicFileAttributes basic = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Present.Kind kind = basic.isRegularFile()
                ? Present.Kind.FILE
                : basic.isDirectory()
                        ? Present.Kind.DIRECTORY
                        : basic.isSymbolicLink() ? Present.Kind.SYMLINK : Present.Kind.OTHER;
        FileTime modified = basic.lastModifiedTime();
        boolean unix = path.getFileSystem().supportedFileAttributeViews().contains("unix");
        int links = unix && kind == Present.Kind.FILE
                ? (Integer) Files.getAttribute(path, "unix:nlink", LinkOption.NOFOLLOW_LINKS)
                : 1;
        return new Present(
                kind, kind == Present.Kind.FILE ? basic.size() : 0, modified.toInstant(), OptionalInt.empty(), links);
    }
}
