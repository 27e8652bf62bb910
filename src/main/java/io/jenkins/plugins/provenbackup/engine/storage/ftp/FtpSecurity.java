package io.jenkins.plugins.provenbackup.engine.storage.ftp;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether and when TLS begins. */
enum FtpSecurity {
    /** Never. */
    PLAIN("ftp", 21),
    /** When the client asks for it, at once (RFC 4217). */
    EXPLICIT_TLS("ftps", 21),
    /** With the connection. */
    IMPLICIT_TLS("ftpsi", 990);

    private final String scheme;
    private final int port;

    FtpSecurity(String scheme, int port) {
        this.scheme = scheme;
        this.port = port;
    }

    int port() {
        return port;
    }

    static Set<String> schemes() {
        return Arrays.stream(values()).map(security -> security.scheme).collect(Collectors.toSet());
    }

    static FtpSecurity of(String scheme) {
        return Arrays.stream(values())
                .filter(security -> security.scheme.equals(scheme))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not an FTP scheme: " + scheme));
    }
}
