package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.archive.BlockParameters;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How a backup uses the machine.
 *
 * @param workers threads that compress and encrypt, 1 and up
 * @param readers threads that read small files ahead, 1 and up
 * @param blocks how chunks are grouped
 * @param indexBudget bytes of memory for the chunk index
 * @param spool an existing directory for encrypted archives that wait for a destination
 * @param checkpointBytes stored bytes after which a checkpoint is put
 * @param checkpointTime time after which a checkpoint is put
 * @param heartbeat longest time between two objects of a run
 * @param patience how long a full queue may hold other destinations up
 */
public record BackupTuning(
        int workers,
        int readers,
        BlockParameters blocks,
        long indexBudget,
        Path spool,
        long checkpointBytes,
        Duration checkpointTime,
        Duration heartbeat,
        Duration patience) {

    /** What the format asks for, on all processors. */
    public static BackupTuning standard() {
        int processors = Runtime.getRuntime().availableProcessors();
        return new BackupTuning(
                processors,
                Math.max(1, processors / 2),
                BlockParameters.forWorkers(processors),
                64 << 20,
                Path.of(System.getProperty("java.io.tmpdir")),
                256 << 20,
                Duration.ofSeconds(60),
                Duration.ofMinutes(10),
                Duration.ofSeconds(60));
    }

    /** The same with other checkpoints. */
    public BackupTuning withCheckpoints(long bytes, Duration time) {
        return new BackupTuning(workers, readers, blocks, indexBudget, spool, bytes, time, heartbeat, patience);
    }

    /** The same with other blocks. */
    public BackupTuning withBlocks(BlockParameters other) {
        return new BackupTuning(
                workers, readers, other, indexBudget, spool, checkpointBytes, checkpointTime, heartbeat, patience);
    }

    /** The same with another patience. */
    public BackupTuning withPatience(Duration other) {
        return new BackupTuning(
                workers, readers, blocks, indexBudget, spool, checkpointBytes, checkpointTime, heartbeat, other);
    }
}
