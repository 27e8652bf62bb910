package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import java.io.IOException;
import java.util.List;
import jenkins.model.Jenkins;

/** The page with the newest lines of the log of restores, as far as whoever asks may see what was restored. */
public final class RestoreLog {

    private final List<RestoreRecord> records;

    private RestoreLog(List<RestoreRecord> records) {
        this.records = records;
    }

    static RestoreLog current() throws IOException {
        Jenkins.get().checkPermission(BackupPermissions.VIEW);
        Sight sight = Sight.current();
        return new RestoreLog(RestoreRecords.ofController().newest().stream()
                .filter(record -> isFor(record, sight))
                .toList());
    }

    private static boolean isFor(RestoreRecord record, Sight sight) {
        try {
            return sight.isAdministrator() || sight.restores(EntryPath.parse(record.getPath()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The newest first. */
    public List<RestoreRecord> getRecords() {
        return records;
    }
}
