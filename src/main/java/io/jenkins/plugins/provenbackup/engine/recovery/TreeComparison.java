package io.jenkins.plugins.provenbackup.engine.recovery;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.archive.ChunkId;
import io.jenkins.plugins.provenbackup.engine.catalog.CatalogReader;
import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryStream;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Extent;
import io.jenkins.plugins.provenbackup.engine.catalog.ExtentStream;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.catalog.StoredEntry;
import io.jenkins.plugins.provenbackup.engine.crypto.ChunkIdHash;
import io.jenkins.plugins.provenbackup.engine.source.FileTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.SourceContent;
import io.jenkins.plugins.provenbackup.engine.source.SourceItem;
import io.jenkins.plugins.provenbackup.engine.source.SourceWalk;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Compares a restored tree, read from the disk, with a snapshot's catalog: nothing missing, nothing more, every type, size,
 * link, mode and time, and every byte by its chunk's id. Two sorted streams are merged in constant memory. For one thread.
 */
final class TreeComparison {

    /** File systems keep times as coarsely as to two seconds. */
    private static final Duration COARSE = Duration.ofSeconds(2);

    private static final int PERMISSIONS = 0777;

    private final Path tree;
    private final CatalogReader catalog;
    private final ChunkIdHash hash;
    private final Findings findings;
    private final ProgressListener progress;
    private byte[] buffer = new byte[1 << 20];

    TreeComparison(Path tree, CatalogReader catalog, ChunkIdHash hash, Findings findings, ProgressListener progress) {
        this.tree = tree;
        this.catalog = catalog;
        this.hash = hash;
        this.findings = findings;
        this.progress = progress;
    }

    void run() throws IOException, InterruptedException {
        try (Unlocking unlocking = Unlocking.of(tree, catalog);
                SourceWalk walk = new FileTreeSource(List.of(tree), WalkOptions.ALL)
                        .walk(problem -> findings.add("'" + problem.path() + "': " + problem.message()))) {
            EntryStream entries = catalog.entries();
            Optional<Entry> expected = next(entries);
            Optional<SourceItem> found = walk.next();
            // A snapshot of several paths has no entry for the directory that they are restored to.
            if (found.isPresent()
                    && found.get().node().path().isRoot()
                    && expected.filter(entry -> entry.node().path().isRoot()).isEmpty()) {
                found = walk.next();
            }
            while (expected.isPresent() || found.isPresent()) {
                int order = order(expected, found);
                if (order < 0) {
                    findings.add("'" + expected.get().node().path() + "' is missing");
                } else if (order > 0) {
                    findings.add("'" + found.get().node().path() + "' is not in the snapshot");
                } else {
                    compare(expected.get(), found.get(), unlocking);
                }
                expected = order <= 0 ? next(entries) : expected;
                found = order >= 0 ? walk.next() : found;
            }
        }
    }

    private static int order(Optional<Entry> expected, Optional<SourceItem> found) {
        if (expected.isEmpty() || found.isEmpty()) {
            return expected.isEmpty() ? 1 : -1;
        }
        return expected.get().node().path().compareTo(found.get().node().path());
    }

    private static Optional<Entry> next(EntryStream entries) throws IOException {
        return entries.next().map(StoredEntry::entry);
    }

    private void compare(Entry entry, SourceItem item, Unlocking unlocking) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the recovery test was cancelled");
        }
        try {
            Optional<String> difference = difference(entry, item, unlocking);
            difference.ifPresent(text -> findings.add("'" + item.node().path() + "' " + text));
        } catch (IOException e) {
            findings.add("'" + item.node().path() + "' cannot be read again: " + e.getMessage());
        }
        progress.entries(1);
        progress.bytes(entry.node().size());
    }

    private Optional<String> difference(Entry entry, SourceItem item, Unlocking unlocking) throws IOException {
        Node wanted = entry.node();
        Node found = item.node();
        if (wanted.type() != found.type()) {
            return Optional.of("is a " + word(found.type()) + " instead of a " + word(wanted.type()));
        }
        if (wanted.type() == EntryType.SYMLINK) {
            return item.complete().linkTarget().equals(wanted.linkTarget())
                    ? Optional.empty()
                    : Optional.of("links elsewhere");
        }
        EntryPath path = wanted.path();
        int mode = found.metadata().mode() & PERMISSIONS;
        if (mode != (wanted.metadata().mode() & PERMISSIONS) && !unlocking.isChanged(path)) {
            return Optional.of(String.format(
                    "has mode %03o instead of %03o", mode, wanted.metadata().mode() & PERMISSIONS));
        }
        Duration off =
                Duration.between(wanted.metadata().mtime(), found.metadata().mtime());
        if (off.abs().compareTo(COARSE) > 0) {
            return Optional.of("has the time " + found.metadata().mtime() + " instead of "
                    + wanted.metadata().mtime());
        }
        if (wanted.type() == EntryType.DIRECTORY) {
            return Optional.empty();
        }
        if (wanted.size() != found.size()) {
            return Optional.of("has " + found.size() + " bytes instead of " + wanted.size());
        }
        return content(entry, item);
    }

    private Optional<String> content(Entry entry, SourceItem item) throws IOException {
        try (SourceContent content = item.open()) {
            ExtentStream extents = catalog.extents(entry);
            long at = 0;
            for (Optional<Extent> next = extents.next(); next.isPresent(); next = extents.next()) {
                if (!isSame(next.get(), content)) {
                    return Optional.of("has other content from byte " + at + " on");
                }
                at += next.get().span();
            }
            return Optional.empty();
        }
    }

    private boolean isSame(Extent extent, SourceContent content) throws IOException {
        if (extent instanceof Extent.ChunkRef chunk) {
            if (buffer.length < chunk.length()) {
                buffer = new byte[chunk.length()];
            }
            return fill(content, chunk.length())
                    && ChunkId.of(hash.of(buffer, 0, chunk.length()), 0).equals(chunk.id());
        }
        for (long left = extent.span(); left > 0; ) {
            int length = (int) Math.min(left, buffer.length);
            if (!fill(content, length) || !isZero(length)) {
                return false;
            }
            left -= length;
        }
        return true;
    }

    private boolean fill(SourceContent content, int length) throws IOException {
        ByteBuffer into = ByteBuffer.wrap(buffer, 0, length);
        while (into.hasRemaining()) {
            if (content.read(into) < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean isZero(int length) {
        for (int i = 0; i < length; i++) {
            if (buffer[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static String word(EntryType type) {
        return switch (type) {
            case FILE -> "file";
            case DIRECTORY -> "directory";
            case SYMLINK -> "symbolic link";
        };
    }
}
