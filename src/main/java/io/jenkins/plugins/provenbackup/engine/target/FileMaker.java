package io.jenkins.plugins.provenbackup.engine.target;

import io.jenkins.plugins.provenbackup.engine.attributes.NativeFiles;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.target.Directories.Real;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Begins files, and gives each its metadata and its final name when it is written. Thread-safe for different entries. */
final class FileMaker {

    private static final Set<OpenOption> NEW_FILE = Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);

    private static final Optional<NativeFiles> FILES = NativeFiles.ofThisSystem();

    private final Directories directories;
    private final Placement placement;
    private final HardLinks links;
    private final CreationModes modes;
    private final Failures failures;
    private final Set<OpenFile> open = ConcurrentHashMap.newKeySet();

    FileMaker(Directories directories, Placement placement, HardLinks links, CreationModes modes, Failures failures) {
        this.directories = directories;
        this.placement = placement;
        this.links = links;
        this.modes = modes;
        this.failures = failures;
    }

    OpenFile begin(Node node, Prepared ready) throws IOException {
        Real parent = directories.parent(node);
        Path path = RawNames.resolve(parent.path(), node.path().name());
        boolean inPlace = placement.namesAtOnce(parent);
        Path written = inPlace ? path : TemporaryName.in(parent.path());
        int mode = ready.metadata().creationMode(node);
        FileOutput output = create(written, mode);
        OpenFile file = new OpenFile(node, written, output, new Landing(ready, node, parent, written, path, mode));
        open.add(file);
        return file;
    }

    private FileOutput create(Path path, int mode) throws IOException {
        return FILES.isPresent()
                ? new NativeOutput(FILES.get().create(RawNames.bytesOf(path), mode))
                : new ChannelOutput(FileChannel.open(path, NEW_FILE, modes.of(mode)));
    }

    /** Removes what is not finished. */
    void abort() throws TargetException {
        TargetException leftover = null;
        for (OpenFile file : open) {
            try {
                file.abort();
            } catch (TargetException e) {
                leftover = e;
            }
        }
        if (leftover != null) {
            throw leftover;
        }
    }

    private final class Landing implements OpenFile.Landing {

        private final Prepared ready;
        private final Node node;
        private final Real parent;
        private final Path written;
        private final Path path;
        private final int mode;

        Landing(Prepared ready, Node node, Real parent, Path written, Path path, int mode) {
            this.ready = ready;
            this.node = node;
            this.parent = parent;
            this.written = written;
            this.path = path;
            this.mode = mode;
        }

        @Override
        public void describe(FileOutput output) throws IOException {
            ready.metadata().apply(written, node, ready.fresh(node, written, mode), output);
        }

        @Override
        public void land() throws IOException {
            if (!written.equals(path)) {
                placement.rename(node, parent, written, path);
            }
            links.restored(node);
        }

        @Override
        public void done(OpenFile file) {
            open.remove(file);
        }

        @Override
        public TargetException failure(IOException cause) {
            return failures.of(node.path(), cause);
        }
    }
}
