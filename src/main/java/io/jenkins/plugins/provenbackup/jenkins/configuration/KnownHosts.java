package io.jenkins.plugins.provenbackup.jenkins.configuration;

import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Lines as in an OpenSSH known_hosts file (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). */
final class KnownHosts {

    private KnownHosts() {}

    /**
     * Says whose keys they are.
     *
     * @throws IllegalArgumentException at the first line that is none
     */
    static String describe(String text) {
        Set<String> hosts = new TreeSet<>();
        int number = 0;
        for (String line : text.lines().map(String::strip).toList()) {
            number++;
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            List<String> fields = List.of(line.split("\\s+"));
            int first = fields.get(0).startsWith("@") ? 1 : 0;
            if (fields.size() < first + 3 || !isBase64(fields.get(first + 2))) {
                throw new IllegalArgumentException(Messages.KnownHosts_wrongLine(number));
            }
            String host = fields.get(first);
            hosts.add(host.startsWith("|") ? Messages.KnownHosts_hashed() : host);
        }
        return hosts.isEmpty() ? "" : Messages.KnownHosts_hosts(String.join(", ", hosts));
    }

    private static boolean isBase64(String text) {
        try {
            return Base64.getDecoder().decode(text).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
