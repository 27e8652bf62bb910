package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Files and directories of this machine. One directory gives its entries at the root of the snapshot, and the root's own
 * metadata; one file gives an entry of its name; several paths keep their last names below the root, and the root itself
 * is then no item. Links are followed in the paths that the user named, nowhere else.
 */
public final class FileTreeSource implements Source {

    private final List<Path> paths;
    private final WalkOptions options;

    /**
     * Nothing is read yet.
     *
     * @throws IllegalArgumentException when there is no path
     */
    public FileTreeSource(List<Path> paths, WalkOptions options) {
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("a source needs at least one path");
        }
        this.paths = List.copyOf(paths);
        this.options = options;
    }

    @Override
    public Passes passes() {
        return Passes.ANY_NUMBER;
    }

    @Override
    public SourceWalk walk(SourceProblems problems) throws SourceException {
        return new FileTreeWalk(roots(), options, problems);
    }

    @Override
    public FileTreeSource without(Set<Path> directories) {
        return new FileTreeSource(paths, options.withDestinations(directories));
    }

    private List<FileTreeWalk.Root> roots() throws SourceException {
        if (paths.size() == 1) {
            Path real = real(paths.get(0));
            if (isDirectory(paths.get(0), real)) {
                return List.of(new FileTreeWalk.Root(EntryPath.ROOT, real));
            }
        }
        if (options.selection().isPresent()) {
            throw new SourceException("a list of files goes with one directory, not with "
                    + (paths.size() == 1 ? "the file '" + ShownPath.of(paths.get(0)) + "'" : paths.size() + " paths"));
        }
        Map<EntryPath, Path> named = new TreeMap<>();
        List<FileTreeWalk.Root> roots = new ArrayList<>();
        for (Path path : paths) {
            Path real = real(path);
            isDirectory(path, real);
            EntryPath name = name(path, real);
            Path other = named.putIfAbsent(name, path);
            if (other != null) {
                throw new SourceException(
                        "'" + ShownPath.of(other) + "' and '" + ShownPath.of(path) + "' would both be '" + name
                                + "' in the snapshot; back them up as two sources, or name a directory that holds both");
            }
            roots.add(new FileTreeWalk.Root(name, real));
        }
        roots.sort(Comparator.comparing(FileTreeWalk.Root::entry));
        return roots;
    }

    private Path real(Path path) throws SourceException {
        Path real;
        try {
            real = path.toRealPath();
        } catch (IOException e) {
            throw unreadable(path, e);
        }
        if (options.destinations().contains(real)) {
            throw new SourceException("cannot back up '" + ShownPath.of(path)
                    + "': the backup itself is stored there. Name what is to be backed up, or another destination.");
        }
        return real;
    }

    /** Whether it is a directory and no file; that either can be read is made sure of. */
    @SuppressWarnings("try") // opened only to see whether it can be
    private static boolean isDirectory(Path path, Path real) throws SourceException {
        try {
            FileStat.Type type = FileStat.of(real).type();
            boolean directory = type == FileStat.Type.DIRECTORY;
            if (!directory && type != FileStat.Type.FILE) {
                throw new SourceException(
                        "cannot back up '" + ShownPath.of(path) + "': it is neither a directory nor a file");
            }
            try (Closeable readable = directory ? Files.newDirectoryStream(real) : Files.newByteChannel(real)) {
                return directory;
            }
        } catch (SourceException e) {
            throw e;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static EntryPath name(Path path, Path real) throws SourceException {
        String last = String.valueOf(path.getFileName());
        boolean isName = path.getFileName() != null && !last.isEmpty() && !last.equals(".") && !last.equals("..");
        byte[] name = RawNames.nameOf(isName ? path : real);
        if (name.length == 0) {
            throw new SourceException(
                    "'" + ShownPath.of(path) + "' has no name to keep beside other paths; back it up alone");
        }
        return EntryPath.ROOT.child(name);
    }

    private static SourceException unreadable(Path path, IOException cause) {
        return new SourceException("cannot back up '" + ShownPath.of(path) + "': " + ReadFailure.reason(cause), cause);
    }
}
