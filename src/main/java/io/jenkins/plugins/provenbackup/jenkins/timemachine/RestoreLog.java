package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

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
                .map(record -> isDetailed(record, sight) ? record : record.withoutDetail())
                .toList());
    }

    private static boolean isFor(RestoreRecord record, Sight sight) {
        try {
            return sight.isAdministrator() || sight.restores(EntryPath.parse(record.getPath()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Who restored more than this user could may have got a message that names what this user may not see. */
    private static boolean isDetailed(RestoreRecord record, Sight sight) {
        return sight.isAdministrator()
                || record.getUser().equals(Jenkins.getAuthentication2().getName());
    }

    /** The page. */
    public void doIndex(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        response.setHeader("Cache-Control", "no-store");
        request.getView(this, "log.jelly").forward(request, response);
    }

    /** The newest first. */
    public List<RestoreRecord> getRecords() {
        return records;
    }
}
