package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import java.io.IOException;
import java.util.Optional;

/** Runs the user's commands around a backup. */
final class Hook {

    /** Runs it first; nothing is done when it fails. */
    void before(String command) throws IOException, InterruptedException {
        int status = start(command, new ProcessBuilder()).waitFor();
        if (status != 0) {
            throw new RefusedException("The --before command ended with status " + status + ": nothing was backed up.");
        }
    }

    /** Runs it last, also after a failure or a cancellation; what went wrong with it is returned. */
    Optional<String> after(String command, ExitStatus status, Optional<SnapshotId> snapshot) {
        ProcessBuilder builder = new ProcessBuilder();
        builder.environment().put("PROVEN_BACKUP_STATUS", String.valueOf(status.code()));
        builder.environment()
                .put("PROVEN_BACKUP_SNAPSHOT", snapshot.map(SnapshotId::hex).orElse(""));
        String outcome =
                snapshot.map(id -> "; snapshot " + id.brief() + " stands").orElse("");
        boolean wasInterrupted = Thread.interrupted();
        try {
            int ended = start(command, builder).waitFor();
            return ended == 0
                    ? Optional.empty()
                    : Optional.of("error: the --after command ended with status " + ended + outcome);
        } catch (IOException e) {
            return Optional.of("error: the --after command could not be started: " + e.getMessage() + outcome);
        } catch (InterruptedException e) {
            wasInterrupted = true;
            return Optional.of("error: cancelled while the --after command ran" + outcome);
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Standard output is for the result alone, so what the command writes goes to standard error. */
    private static Process start(String command, ProcessBuilder builder) throws IOException {
        builder.environment().remove(Secrets.PASSWORD);
        builder.environment().remove(Secrets.NEW_PASSWORD);
        return builder.command("sh", "-c", "exec 1>&2 </dev/null\n" + command)
                .inheritIO()
                .start();
    }
}
