package io.jenkins.plugins.provenbackup.engine.target;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Metadata;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Nodes as a snapshot, also a forged one, may hold them, and restores of them. */
final class Nodes {

    static final Instant MTIME = Instant.ofEpochSecond(1_600_000_000, 123_456_789);

    private Nodes() {}

    static Node file(String path, String content) {
        return new Node(EntryPath.parse(path), EntryType.FILE, metadata(0644, 0), content.length(), ByteString.EMPTY);
    }

    static Node linkedFile(String path, String content) {
        return new Node(EntryPath.parse(path), EntryType.FILE, metadata(0644, 7), content.length(), ByteString.EMPTY);
    }

    static Node directory(String path) {
        return new Node(EntryPath.parse(path), EntryType.DIRECTORY, metadata(0755, 0), 0, ByteString.EMPTY);
    }

    static Node symlink(String path, String to) {
        return new Node(EntryPath.parse(path), EntryType.SYMLINK, metadata(0777, 0), 0, ByteString.utf8(to));
    }

    static void restore(RestoreTarget target, Node file, String content) throws TargetException {
        try (OpenFile open = target.file(file)) {
            open.write(content.getBytes(StandardCharsets.US_ASCII), 0, content.length());
            open.finish();
        }
    }

    static RestoreTarget open(Path directory, Overwrite overwrite) throws TargetException {
        return open(directory, overwrite, Unlisted.KEEP);
    }

    static RestoreTarget open(Path directory, Overwrite overwrite, Unlisted unlisted) throws TargetException {
        return RestoreTarget.open(
                directory, new RestoreOptions(overwrite, Ownership.IGNORE, unlisted, new LimitationCounts()));
    }

    /** Names in a directory, sorted. */
    static List<String> names(Path directory) throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    private static Metadata metadata(int mode, long linkGroup) {
        return new Metadata(mode, 0, 0, "", "", MTIME, MTIME, 0, linkGroup, List.of());
    }
}
