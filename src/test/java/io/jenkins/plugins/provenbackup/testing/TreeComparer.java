package io.jenkins.plugins.provenbackup.testing;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Metadata;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares two trees in all that a restore promises: names, types, bytes, mode, owner, mtime to the nanosecond, which files
 * are hard links of each other, link targets, user attributes, and that sparse files stayed sparse.
 */
public final class TreeComparer {

    /** Room for the file system's own blocks, and for runs of zeros too short to count. */
    private static final long SPARSE_SLACK = 256 * 1024;

    /** What a comparison may leave out. */
    public enum Aspect {
        /** Owner, group, and with them setuid and setgid. */
        OWNER,
        /** The part of a symbolic link's mtime below a microsecond. */
        LINK_NANOSECONDS,
        /** Fractions of a second of mtimes before 1970. */
        FRACTIONS_BEFORE_1970,
        XATTRS,
        MODE,
        MTIME,
        /** Fractions of a second of mtimes, all mtimes before 1970, and those of symbolic links. */
        SUBSECONDS,
        /** Mtimes of directories. */
        DIRECTORY_TIMES,
        HARD_LINKS,
        SPARSE
    }

    private final Set<Aspect> ignored;

    private TreeComparer(Set<Aspect> ignored) {
        this.ignored = ignored;
    }

    /** All that differs, one line each; empty when the trees are equal. */
    public static List<String> differences(Path expected, Path actual, Aspect... ignored) throws IOException {
        Set<Aspect> aspects = EnumSet.noneOf(Aspect.class);
        aspects.addAll(List.of(ignored));
        return new TreeComparer(aspects).compare(expected, actual);
    }

    /** What Java before 25 cannot restore; it must be reported instead. */
    public static Aspect[] limitsOfJava() {
        return new Aspect[] {Aspect.LINK_NANOSECONDS, Aspect.FRACTIONS_BEFORE_1970};
    }

    private List<String> compare(Path expectedRoot, Path actualRoot) throws IOException {
        Map<EntryPath, Node> expected = index(expectedRoot);
        Map<EntryPath, Node> actual = index(actualRoot);
        Map<EntryPath, EntryPath> expectedLinks = firstLinks(expected);
        Map<EntryPath, EntryPath> actualLinks = firstLinks(actual);
        List<String> differences = new ArrayList<>();
        actual.keySet().stream()
                .filter(path -> !expected.containsKey(path))
                .forEach(path -> differences.add("extra " + path));
        for (Map.Entry<EntryPath, Node> one : expected.entrySet()) {
            EntryPath path = one.getKey();
            Node there = actual.get(path);
            if (there == null) {
                differences.add("missing " + path);
                continue;
            }
            String before = describe(one.getValue(), expectedLinks);
            String after = describe(there, actualLinks);
            if (!before.equals(after)) {
                differences.add(path + ": expected " + before + "\n  but found " + after);
            }
            if (one.getValue().type() == EntryType.FILE && there.type() == EntryType.FILE) {
                compareContent(
                        path, RawNames.resolve(expectedRoot, path), RawNames.resolve(actualRoot, path), differences);
            }
        }
        if (!ignored.contains(Aspect.SPARSE)) {
            compareSpace(expectedRoot, expected, actualRoot, actual, differences);
        }
        return differences;
    }

    private String describe(Node node, Map<EntryPath, EntryPath> links) {
        Metadata metadata = node.metadata();
        boolean owner = !ignored.contains(Aspect.OWNER);
        int mode = node.type() == EntryType.SYMLINK ? 0 : metadata.mode() & (owner ? 07777 : 01777);
        return node.type()
                + (ignored.contains(Aspect.MODE) ? "" : " mode " + Integer.toOctalString(mode))
                + (owner ? " owner " + metadata.uid() + ":" + metadata.gid() : "")
                + " size " + node.size()
                + (ignored.contains(Aspect.MTIME) ? "" : " mtime " + mtime(node))
                + (ignored.contains(Aspect.HARD_LINKS) ? "" : " links " + links.get(node.path()))
                + " target '" + node.linkTarget() + "'"
                + (ignored.contains(Aspect.XATTRS) ? "" : " xattrs " + metadata.xattrs());
    }

    private Instant mtime(Node node) {
        Instant mtime = node.metadata().mtime();
        if (node.type() == EntryType.DIRECTORY && ignored.contains(Aspect.DIRECTORY_TIMES)) {
            return Instant.EPOCH;
        }
        if (ignored.contains(Aspect.SUBSECONDS)) {
            boolean kept = mtime.getEpochSecond() >= 0 && node.type() != EntryType.SYMLINK;
            return kept ? mtime.truncatedTo(ChronoUnit.SECONDS) : Instant.EPOCH;
        }
        if (mtime.getEpochSecond() < 0 && ignored.contains(Aspect.FRACTIONS_BEFORE_1970)) {
            return Instant.ofEpochSecond(mtime.getEpochSecond());
        }
        boolean cut = node.type() == EntryType.SYMLINK && ignored.contains(Aspect.LINK_NANOSECONDS);
        return cut ? mtime.truncatedTo(ChronoUnit.MICROS) : mtime;
    }

    private static void compareContent(EntryPath path, Path expected, Path actual, List<String> differences)
            throws IOException {
        long at = Files.mismatch(expected, actual);
        if (at >= 0) {
            differences.add(path + ": content differs from byte " + at);
        }
    }

    private static void compareSpace(
            Path expectedRoot,
            Map<EntryPath, Node> expected,
            Path actualRoot,
            Map<EntryPath, Node> actual,
            List<String> out)
            throws IOException {
        Map<Long, Long> before = allocated(expectedRoot);
        Map<Long, Long> after = allocated(actualRoot);
        for (Node node : expected.values()) {
            Node there = actual.get(node.path());
            long space = before.getOrDefault(node.metadata().inode(), 0L);
            boolean sparse = node.type() == EntryType.FILE && space + SPARSE_SLACK < node.size();
            if (sparse && there != null && after.get(there.metadata().inode()) > space + SPARSE_SLACK) {
                out.add(node.path() + ": takes " + after.get(there.metadata().inode()) + " bytes instead of " + space);
            }
        }
    }

    /** Allocated bytes by inode. */
    private static Map<Long, Long> allocated(Path root) throws IOException {
        Map<Long, Long> allocated = new HashMap<>();
        try {
            Command.Result result = Command.run("find", root.toString(), "-printf", "%i %b\\n");
            for (String line : result.output().strip().split("\n", -1)) {
                String[] fields = line.split(" ", -1);
                allocated.put(Long.valueOf(fields[0]), Long.parseLong(fields[1]) * 512);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return allocated;
    }

    private static Map<EntryPath, Node> index(Path root) throws IOException {
        Map<EntryPath, Node> index = new TreeMap<>();
        TreeReader.read(root).forEach(node -> index.put(node.path(), node));
        return index;
    }

    /** The first name of each file, so that the structure of links compares without inode numbers. */
    private static Map<EntryPath, EntryPath> firstLinks(Map<EntryPath, Node> nodes) {
        Map<Long, EntryPath> firsts = new HashMap<>();
        Map<EntryPath, EntryPath> links = new HashMap<>();
        nodes.forEach((path, node) -> {
            long group = node.metadata().linkGroup();
            links.put(path, group == 0 ? EntryPath.ROOT : firsts.computeIfAbsent(group, unused -> path));
        });
        return links;
    }
}
