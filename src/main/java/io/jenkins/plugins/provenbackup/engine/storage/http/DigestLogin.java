package io.jenkins.plugins.provenbackup.engine.storage.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Digest access authentication (RFC 7616), with MD5 or SHA-256; quality of protection {@code auth} or, for old servers, none. */
final class DigestLogin {

    /** MD5 before SHA-256. */
    static final Comparator<DigestLogin> BY_STRENGTH = Comparator.comparing(login -> login.hash.length());

    private static final String SESSION = "-sess";
    private static final int NONCE = 16;

    private final HttpChallenge challenge;
    private final String user;
    private final String hash;
    private final String clientNonce;
    private int count;

    private DigestLogin(HttpChallenge challenge, String user, String hash) {
        this.challenge = challenge;
        this.user = user;
        this.hash = hash;
        byte[] random = new byte[NONCE];
        new SecureRandom().nextBytes(random);
        clientNonce = HexFormat.of().formatHex(random);
    }

    /** Empty for a challenge that cannot be met. */
    static Optional<DigestLogin> of(HttpChallenge challenge, String user) {
        String algorithm = challenge.parameter("algorithm").orElse("MD5").toUpperCase(Locale.ROOT);
        String plain = algorithm.replace(SESSION.toUpperCase(Locale.ROOT), "");
        boolean known = plain.equals("MD5") || plain.equals("SHA-256");
        boolean meetable =
                challenge.parameter("qop").map(DigestLogin::offersAuth).orElse(true)
                        && challenge.parameter("nonce").isPresent()
                        && challenge.parameter("realm").isPresent();
        return known && meetable ? Optional.of(new DigestLogin(challenge, user, plain)) : Optional.empty();
    }

    /** Whether the server has only dropped the nonce that was used before. */
    boolean replacesOneThatIsTooOld() {
        return challenge.parameter("stale").filter("true"::equalsIgnoreCase).isPresent();
    }

    String authorization(String method, URI address, byte[] password) {
        count++;
        String realm = challenge.parameter("realm").orElseThrow();
        String nonce = challenge.parameter("nonce").orElseThrow();
        String uri = address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
        byte[] begin = (user + ":" + realm + ":").getBytes(StandardCharsets.UTF_8);
        byte[] secret = Arrays.copyOf(begin, begin.length + password.length);
        System.arraycopy(password, 0, secret, begin.length, password.length);
        String a1 = hash(secret);
        Arrays.fill(secret, (byte) 0);
        if (isPerSession()) {
            a1 = hash(a1 + ":" + nonce + ":" + clientNonce);
        }
        String a2 = hash(method + ":" + uri);
        boolean old = challenge.parameter("qop").isEmpty();
        String number = String.format(Locale.ROOT, "%08x", count);
        String response = old
                ? hash(a1 + ":" + nonce + ":" + a2)
                : hash(a1 + ":" + nonce + ":" + number + ":" + clientNonce + ":auth:" + a2);
        StringBuilder header = new StringBuilder("Digest ")
                .append(quoted("username", user))
                .append(", ")
                .append(quoted("realm", realm))
                .append(", ")
                .append(quoted("nonce", nonce))
                .append(", ")
                .append(quoted("uri", uri))
                .append(", ")
                .append(quoted("response", response));
        challenge
                .parameter("algorithm")
                .ifPresent(name -> header.append(", algorithm=").append(name));
        challenge.parameter("opaque").ifPresent(opaque -> header.append(", ").append(quoted("opaque", opaque)));
        if (!old) {
            header.append(", qop=auth, nc=").append(number);
        }
        if (!old || isPerSession()) {
            header.append(", ").append(quoted("cnonce", clientNonce));
        }
        return header.toString();
    }

    private boolean isPerSession() {
        return challenge
                .parameter("algorithm")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .endsWith(SESSION);
    }

    private String hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    private String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(hash).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + hash, e);
        }
    }

    private static boolean offersAuth(String qualities) {
        return Arrays.stream(qualities.split(",", -1))
                .anyMatch(quality -> quality.strip().equals("auth"));
    }

    private static String quoted(String name, String value) {
        return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
