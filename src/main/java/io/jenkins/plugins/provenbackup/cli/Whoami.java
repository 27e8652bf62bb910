package io.jenkins.plugins.provenbackup.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who runs this where.
 *
 * @param user name
 * @param host name
 */
record Whoami(String user, String host) {

    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    static Whoami of(Context context) {
        return new Whoami(System.getProperty("user.name", "unknown"), host(context.surroundings()));
    }

    /** A name that needs no look-up, since a broken resolver can take half a minute to say so. */
    private static String host(Surroundings surroundings) {
        try {
            String name = Files.readString(KERNEL).strip();
            if (!name.isEmpty()) {
                return name;
            }
        } catch (IOException e) {
            // Not Linux.
        }
        Optional<String> named = surroundings.variable("COMPUTERNAME").or(() -> surroundings.variable("HOSTNAME"));
        return named.orElseGet(() -> {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "localhost";
            }
        });
    }

    @Override
    public String toString() {
        return user + "@" + host;
    }
}
