package io.jenkins.plugins.provenbackup.engine.catalog;

import io.jenkins.plugins.provenbackup.engine.archive.ChunkId;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** Entries like those of a Jenkins home: jobs with numbered builds of a few small files each. */
final class SampleTree {

    private static final String[] FILES = {"build.xml", "changelog.xml", "log", "workflow/1.xml", "workflow/2.xml"};
    private static final Instant START = Instant.parse("2024-05-06T07:08:09Z");

    private final Random random;
    private final StreamId stream;
    private long block;
    private int offset;
    private long inode = 1_000_000;

    private SampleTree(long seed) {
        random = new Random(seed);
        byte[] id = new byte[16];
        random.nextBytes(id);
        stream = StreamId.of(id);
    }

    /** About so many entries in order, the same for the same seed. */
    static List<Entry> entries(int count, long seed) {
        SampleTree tree = new SampleTree(seed);
        List<Entry> entries = new ArrayList<>();
        entries.add(tree.directory(EntryPath.ROOT));
        entries.add(tree.directory(path("jobs")));
        for (int job = 0; entries.size() < count; job++) {
            String home = "jobs/team-%02d-service-%04d".formatted(job % 17, job);
            entries.add(tree.directory(path(home)));
            entries.add(tree.file(path(home + "/config.xml")));
            entries.add(tree.directory(path(home + "/builds")));
            for (int build = 1; build <= 40; build++) {
                String folder = home + "/builds/" + build;
                entries.add(tree.directory(path(folder)));
                entries.add(tree.directory(path(folder + "/workflow")));
                for (String name : FILES) {
                    entries.add(tree.file(path(folder + "/" + name)));
                }
            }
        }
        entries.sort(Comparator.comparing(Entry::path));
        return entries;
    }

    static EntryPath path(String text) {
        return EntryPath.parse(text);
    }

    /** A small file that differs from all others. */
    static Entry file(String path, long seed) {
        return new SampleTree(seed).file(path(path));
    }

    /** A chunk alone in its block; its id follows from the seed. */
    static Extent.ChunkRef chunk(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] stream = new byte[16];
        ChunkId id = new ChunkId(random.nextLong(), random.nextLong());
        return new Extent.ChunkRef(id, StreamId.of(stream), seed, 1 << 20, 0, 1 << 20);
    }

    static Metadata metadata(Instant mtime, long inode) {
        return new Metadata(0644, 1000, 1000, "jenkins", "jenkins", mtime, mtime, inode, 0, List.of());
    }

    private Entry directory(EntryPath path) {
        Node node = new Node(path, EntryType.DIRECTORY, next(0755), 0, ByteString.EMPTY);
        return Entry.of(node);
    }

    private Entry file(EntryPath path) {
        int size = 300 + random.nextInt(6000);
        if (offset + size > 1 << 19) {
            block++;
            offset = 0;
        }
        ChunkId id = new ChunkId(random.nextLong(), random.nextLong());
        Extent chunk = new Extent.ChunkRef(id, stream, block, 1 << 19, offset, size);
        offset += size;
        Node node = new Node(path, EntryType.FILE, next(0644), size, ByteString.EMPTY);
        return new Entry(node, new FileContent.Extents(List.of(chunk)));
    }

    private Metadata next(int mode) {
        inode += random.nextInt(3) + 1;
        Instant mtime = START.plusSeconds(random.nextInt(30_000_000)).plusNanos(random.nextInt(1_000_000_000));
        return new Metadata(
                mode, 1000, 1000, "jenkins", "jenkins", mtime, mtime.plusNanos(4_000_000), inode, 0, List.of());
    }
}
