package io.jenkins.plugins.provenbackup.jenkins.home;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** How the network of a booted home is cut off: a name space of its own, with nothing in it but a loopback that nobody else sees. */
public final class Isolation {

    /** Whether a home is booted where its network cannot be cut off. */
    public enum Need {
        /** Rather not at all. */
        REQUIRED,
        /** All the same, as an administrator decided. */
        WAIVED
    }

    /** Root needs no user name space, and is often not allowed one in a container. */
    private static final List<List<String>> WAYS =
            List.of(List.of("unshare", "--user", "--map-root-user", "--net"), List.of("unshare", "--net"));

    /** The loopback of a new name space is down. Without {@code ip} it stays so, which is as good. */
    private static final List<String> LOOPBACK =
            List.of("sh", "-c", "ip link set lo up 2>/dev/null; exec \"$@\"", "loopback-only");

    private static final int SECONDS = 20;

    private final List<String> prefix;

    private Isolation(List<String> prefix) {
        this.prefix = List.copyOf(prefix);
    }

    /**
     * Finds out by trying.
     *
     * @throws IOException when the network cannot be cut off but must be, in words for the user
     */
    static Isolation find(Need need) throws IOException, InterruptedException {
        for (List<String> way : WAYS) {
            if (works(way)) {
                List<String> prefix = new ArrayList<>(way);
                prefix.addAll(LOOPBACK);
                return new Isolation(prefix);
            }
        }
        if (need == Need.WAIVED) {
            return new Isolation(List.of());
        }
        throw new IOException(
                "The restored home is not booted, because its network cannot be cut off here ('unshare --net' does"
                        + " not work), and it could reach real systems with real credentials. An administrator can allow it all the"
                        + " same under Manage Jenkins, System, Proven Backup: 'Boot without isolation'.");
    }

    /** Whether there is no network but its own. */
    boolean isCutOff() {
        return !prefix.isEmpty();
    }

    /** What runs a command so. The process that is started becomes the command itself. */
    List<String> command(List<String> command) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(command);
        return all;
    }

    private static boolean works(List<String> way) throws InterruptedException {
        List<String> command = new ArrayList<>(way);
        command.add("true");
        Optional<Process> started = Optional.empty();
        try {
            Process process = BootEnvironment.empty(new ProcessBuilder(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            started = Optional.of(process);
            return process.waitFor(SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            // There is no such program here.
            return false;
        } finally {
            started.ifPresent(Process::destroyForcibly);
        }
    }
}
