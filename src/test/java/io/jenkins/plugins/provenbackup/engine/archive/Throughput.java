package io.jenkins.plugins.provenbackup.engine.archive;

import io.jenkins.plugins.provenbackup.engine.crypto.ChunkIdHash;
import io.jenkins.plugins.provenbackup.engine.crypto.CipherWarmUp;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.RepositoryId;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Pushes a directory tree through cutter, chunk ids and stream writer into nothing, and says how long that took. Not a test;
 * run its main method with a directory, the number of workers and the zstd level.
 */
final class Throughput {

    private Throughput() {}

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        int workerCount = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
        int level = arguments.length > 2 ? Integer.parseInt(arguments[2]) : Codec.DEFAULT_LEVEL;
        long start = System.nanoTime();
        ExecutorService workers = Executors.newFixedThreadPool(workerCount);
        CipherWarmUp.begin();
        BlockParameters parameters = BlockParameters.forWorkers(workerCount);
        AtomicLong stored = new AtomicLong();
        long read;
        try (RecoveryKey recoveryKey = RecoveryKey.generate(RepositoryId.random());
                SourceKey sourceKey = recoveryKey.sourceKey("bench").orElseThrow();
                StreamKey key = StreamKey.create(sourceKey, 1);
                Codec codec = new Codec(level, reason -> System.out.println(reason));
                SpoolPool pool = SpoolPool.of(parameters, Path.of(System.getProperty("java.io.tmpdir")));
                StreamWriter writer = new StreamWriter(
                        key,
                        parameters,
                        codec,
                        workers,
                        archive -> {
                            stored.addAndGet(archive.size());
                            archive.release();
                        },
                        pool)) {
            Chunker chunker = new Chunker(ChunkerParameters.DEFAULT, sourceKey.gearKey(1));
            read = readAll(root, new ContentCutter(chunker), sourceKey.chunkIdHash(1), writer);
            writer.finish();
        } finally {
            workers.shutdownNow();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%,d MB read, %,d MB stored (%.3f), %.2f s wall, %.0f MB/s, %.2f s CPU in this process%n",
                read / 1_000_000,
                stored.get() / 1_000_000,
                (double) stored.get() / read,
                seconds,
                read / 1e6 / seconds,
                ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                                .getProcessCpuTime()
                        / 1e9);
    }

    private static long readAll(Path directory, ContentCutter cutter, ChunkIdHash ids, StreamWriter writer)
            throws IOException, InterruptedException {
        long read = 0;
        List<Path> entries = new ArrayList<>();
        try (Stream<Path> listing = Files.list(directory)) {
            listing.sorted().forEach(entries::add);
        }
        byte[] id = new byte[ChunkIdHash.LENGTH];
        for (Path entry : entries) {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                read += readAll(entry, cutter, ids, writer);
            } else if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                try (FileChannel channel = FileChannel.open(entry)) {
                    cutter.start(channel);
                    for (var piece = cutter.next(); piece.isPresent(); piece = cutter.next()) {
                        read += piece.get().length();
                        if (piece.get() instanceof Piece.Chunk chunk) {
                            ids.of(chunk.buffer(), chunk.offset(), chunk.size(), id, 0);
                            writer.add(chunk.buffer(), chunk.offset(), chunk.size());
                        }
                    }
                }
            }
        }
        return read;
    }
}
