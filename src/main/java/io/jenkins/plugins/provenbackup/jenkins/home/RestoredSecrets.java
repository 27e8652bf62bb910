package io.jenkins.plugins.provenbackup.jenkins.home;

import hudson.util.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the credentials of a home can be decrypted with the keys that came with it. Jenkins itself starts without complaint when
 * they cannot, with new keys and useless credentials.
 */
final class RestoredSecrets {

    private static final Pattern ENCRYPTED =
            Pattern.compile("<(password|passphrase|secret|privateKey)>(\\{[A-Za-z0-9+/=]+})</\\1>");

    private RestoredSecrets() {}

    /** How many secrets in a file cannot be decrypted. */
    static int unreadable(Path credentials) throws IOException {
        if (!Files.isRegularFile(credentials)) {
            return 0;
        }
        Matcher secrets = ENCRYPTED.matcher(Files.readString(credentials, StandardCharsets.ISO_8859_1));
        int unreadable = 0;
        while (secrets.find()) {
            if (Secret.decrypt(secrets.group(2)) == null) {
                unreadable++;
            }
        }
        return unreadable;
    }
}
