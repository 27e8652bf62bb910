package io.jenkins.plugins.provenbackup.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** The name of this machine. */
public final class HostName {

    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private HostName() {}

    /**
     * A name that needs no look-up where possible, since a broken resolver can take half a minute to say so.
     *
     * @param environment variables of the process by their names
     */
    public static String of(Function<String, Optional<String>> environment) {
        try {
            String name = Files.readString(KERNEL).strip();
            if (!name.isEmpty()) {
                return name;
            }
        } catch (IOException e) {
            // Not Linux.
        }
        Optional<String> named = environment.apply("COMPUTERNAME").or(() -> environment.apply("HOSTNAME"));
        return named.orElseGet(() -> {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "localhost";
            }
        });
    }
}
