package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.PrintableName;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** A list of paths below a root directory, each standing for itself and all below it. Immutable. */
public final class Selection {

    /** Sorted, none within another. */
    private final EntryPath[] paths;

    private Selection(EntryPath[] paths) {
        this.paths = paths;
    }

    /** A selection of these; the root selects everything. */
    public static Selection of(Iterable<EntryPath> paths) {
        TreeSet<EntryPath> sorted = new TreeSet<>();
        paths.forEach(sorted::add);
        List<EntryPath> outermost = new ArrayList<>();
        for (EntryPath path : sorted) {
            if (outermost.isEmpty() || !path.isWithin(outermost.get(outermost.size() - 1))) {
                outermost.add(path);
            }
        }
        return new Selection(outermost.toArray(EntryPath[]::new));
    }

    /**
     * Reads a list of relative paths, one a line; when it holds a NUL anywhere, NUL ends each instead, so that names may
     * hold line breaks. Empty lines count for nothing, {@code ./} before and slashes behind neither.
     *
     * @param origin names the list in messages
     * @throws SourceException when a line is no path inside the root directory, naming its number
     */
    public static Selection read(InputStream list, String origin) throws IOException {
        byte[] all = list.readAllBytes();
        byte end = indexOf(all, (byte) 0, 0) < all.length ? 0 : (byte) '\n';
        List<EntryPath> paths = new ArrayList<>();
        int number = 0;
        for (int start = 0; start < all.length; ) {
            int stop = indexOf(all, end, start);
            number++;
            if (stop > start) {
                paths.add(path(Arrays.copyOfRange(all, start, stop), origin + ", entry " + number));
            }
            start = stop + 1;
        }
        return of(paths);
    }

    /** Whether a path is one of these, or lies below one. */
    boolean covers(EntryPath path) {
        int at = Arrays.binarySearch(paths, path);
        return at >= 0 || at < -1 && path.isWithin(paths[-at - 2]);
    }

    /** Whether one of these lies below a path. */
    boolean leadsTo(EntryPath path) {
        int at = Arrays.binarySearch(paths, path);
        int next = at >= 0 ? at + 1 : -at - 1;
        return next < paths.length && at < 0 && paths[next].isWithin(path);
    }

    /** The part of this selection below the root. */
    Part whole() {
        return new Part(0, paths.length, 0);
    }

    private static EntryPath path(byte[] line, String where) throws SourceException {
        int from = 0;
        while (from < line.length && line[from] == '.' && (from + 1 == line.length || line[from + 1] == '/')) {
            from++;
            while (from < line.length && line[from] == '/') {
                from++;
            }
        }
        int to = line.length;
        while (to > from && line[to - 1] == '/') {
            to--;
        }
        try {
            return EntryPath.of(Arrays.copyOfRange(line, from, to));
        } catch (IllegalArgumentException e) {
            throw new SourceException(
                    where + ": '" + PrintableName.of(line)
                            + "' is not a path relative to the directory that is backed up",
                    e);
        }
    }

    private static int indexOf(byte[] bytes, byte wanted, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    /** The selected paths that lie within one directory of that depth: a range of the sorted list. */
    final class Part {

        private final int from;
        private final int to;
        private final int depth;

        private Part(int from, int to, int depth) {
            this.from = from;
            this.to = to;
            this.depth = depth;
        }

        /** Whether all that the directory holds is selected. */
        boolean isAll() {
            return to - from == 1 && paths[from].depth() == depth;
        }

        /** The names in this directory that are selected or lead to what is, sorted. */
        byte[][] names() {
            List<byte[]> names = new ArrayList<>();
            for (int i = from; i < to; i = endOf(i)) {
                names.add(component(i));
            }
            return names.toArray(byte[][]::new);
        }

        /** The part below one of {@link #names()}. */
        Part below(byte[] name) {
            int low = from;
            int high = to;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (Arrays.compareUnsigned(component(middle), name) < 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return new Part(low, endOf(low), depth + 1);
        }

        private int endOf(int first) {
            byte[] name = component(first);
            int end = first + 1;
            while (end < to && Arrays.equals(component(end), name)) {
                end++;
            }
            return end;
        }

        private byte[] component(int index) {
            byte[] path = paths[index].toByteArray();
            int start = 0;
            for (int skipped = 0; skipped < depth; skipped++) {
                start = indexOf(path, (byte) '/', start) + 1;
            }
            return Arrays.copyOfRange(path, start, indexOf(path, (byte) '/', start));
        }
    }
}
