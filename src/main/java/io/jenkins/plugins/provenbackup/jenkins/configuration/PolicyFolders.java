package io.jenkins.plugins.provenbackup.jenkins.configuration;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Names of directories for what is kept of policies. */
public final class PolicyFolders {

    private static final int NAME_LENGTH = 40;
    private static final int HASH_LENGTH = 12;

    private PolicyFolders() {}

    /** A name that every file system takes and no two policies share, whatever a policy is called. */
    public static String nameOf(String policy) {
        String plain = policy.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(policy.getBytes(StandardCharsets.UTF_8));
            String tail = HexFormat.of().formatHex(hash).substring(0, HASH_LENGTH);
            return plain.substring(0, Math.min(NAME_LENGTH, plain.length())) + "-" + tail;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
