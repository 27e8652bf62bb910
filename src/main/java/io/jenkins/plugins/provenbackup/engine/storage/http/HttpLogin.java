package io.jenkins.plugins.provenbackup.engine.storage.http;

import io.jenkins.plugins.provenbackup.engine.storage.StorageCredentials;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Logs in as the server asks for: Digest where it is offered, since it never shows the password, or Basic. */
final class HttpLogin {

    private final Optional<String> user;
    private final StorageCredentials credentials;
    private Optional<DigestLogin> digest = Optional.empty();
    private boolean basic;

    HttpLogin(Optional<String> user, StorageCredentials credentials) {
        this.user = user;
        this.credentials = credentials;
    }

    /** The value of the header {@code Authorization}, once the server has asked for it. */
    Optional<String> authorization(String method, URI address) {
        Optional<char[]> password = credentials.password();
        if (user.isEmpty() || password.isEmpty()) {
            return Optional.empty();
        }
        byte[] secret = utf8(password.get());
        try {
            if (digest.isPresent()) {
                return Optional.of(digest.get().authorization(method, address, secret));
            }
            return basic ? Optional.of(basic(secret)) : Optional.empty();
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** Takes up what an answer asks for; whether it makes sense to ask again. */
    boolean takesUp(HttpHeaders headers, boolean wasLoggedIn) {
        if (user.isEmpty() || credentials.password().isEmpty()) {
            return false;
        }
        List<HttpChallenge> challenges = HttpChallenge.parse(headers.allValues("WWW-Authenticate"));
        Optional<DigestLogin> offered = challenges.stream()
                .filter(challenge -> challenge.scheme().equals("digest"))
                .flatMap(challenge -> DigestLogin.of(challenge, user.get()).stream())
                .max(DigestLogin.BY_STRENGTH);
        if (offered.isPresent()) {
            digest = offered;
            return !wasLoggedIn || offered.get().replacesOneThatIsTooOld();
        }
        basic = challenges.stream().anyMatch(challenge -> challenge.scheme().equals("basic"));
        return basic && !wasLoggedIn;
    }

    private String basic(byte[] secret) {
        byte[] name = user.orElseThrow().getBytes(StandardCharsets.UTF_8);
        byte[] both = new byte[name.length + 1 + secret.length];
        System.arraycopy(name, 0, both, 0, name.length);
        both[name.length] = ':';
        System.arraycopy(secret, 0, both, name.length + 1, secret.length);
        try {
            return "Basic " + Base64.getEncoder().encodeToString(both);
        } finally {
            Arrays.fill(both, (byte) 0);
        }
    }

    private static byte[] utf8(char[] secret) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(secret));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        encoded.clear();
        encoded.put(new byte[encoded.capacity()]);
        Arrays.fill(secret, '\0');
        return bytes;
    }
}
