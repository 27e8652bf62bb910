package io.jenkins.plugins.provenbackup.jenkins.execution;

import io.jenkins.plugins.provenbackup.engine.Reason;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.RepositoryId;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.snapshots.RememberedHeads;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotList;
import io.jenkins.plugins.provenbackup.jenkins.results.BackupReport;
import io.jenkins.plugins.provenbackup.jenkins.results.DestinationReport;
import io.jenkins.plugins.provenbackup.jenkins.secrets.ControllerKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/**
 * Remembers on the controller the newest snapshots of a repository and its keys' newest epoch, so that it is noticed when a destination
 * takes them away or was put back to an older state.
 */
final class ControllerMemory {

    private final Path file;

    private ControllerMemory(Path file) {
        this.file = file;
    }

    static ControllerMemory of(RepositoryId repository) {
        return new ControllerMemory(Jenkins.get()
                .getRootDir()
                .toPath()
                .resolve("proven-backup")
                .resolve(repository.hex())
                .resolve("seen"));
    }

    /**
     * Refuses a key that is older than one used here before.
     *
     * @throws RefusedException in words for the user
     */
    void requireCurrent(AccessKey key) throws RefusedException {
        RememberedHeads.read(file).requireCurrent(key);
    }

    /** Warns of what was seen and is gone, and remembers what is there. */
    void compare(SnapshotList list, AccessKey key, BuildLog log) {
        try {
            synchronized (ControllerMemory.class) {
                RememberedHeads heads = RememberedHeads.read(file);
                heads.losses(list, key).forEach(loss -> log.line("WARNING: " + loss.message()));
                Files.createDirectories(file.getParent());
                heads.remember(list, key, Instant.now());
            }
        } catch (IOException e) {
            log.line("What was seen cannot be remembered: " + Reason.of(e));
        }
    }

    /**
     * Remembers a new snapshot.
     *
     * @param source its name, as the controller chose it
     */
    void remember(String source, BackupReport report, ControllerKeys keys, BuildLog log) {
        if (report.isDryRun()) {
            return;
        }
        Set<String> locations = report.getDestinations().stream()
                .filter(one -> one.getState().equals(DestinationReport.COMPLETE))
                .map(DestinationReport::getLocation)
                .collect(Collectors.toSet());
        try (SourceKey key = keys.sourceKey(source)) {
            synchronized (ControllerMemory.class) {
                Files.createDirectories(file.getParent());
                RememberedHeads.read(file)
                        .rememberNew(
                                new SnapshotId(report.getId()),
                                key.sourceId(),
                                report.getSequence(),
                                locations,
                                keys.backupKey().newestEpoch(),
                                Instant.now());
            }
        } catch (IOException e) {
            log.line("What was made cannot be remembered: " + Reason.of(e));
        }
    }
}
