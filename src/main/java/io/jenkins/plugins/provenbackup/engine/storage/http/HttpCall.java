package io.jenkins.plugins.provenbackup.engine.storage.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request.
 *
 * @param method like {@code GET}
 * @param path absolute and decoded; with a slash at the end for a folder
 * @param headers beside those that every request has
 * @param body what to send
 */
public record HttpCall(String method, String path, Map<String, String> headers, Optional<HttpBody> body) {

    public HttpCall {
        headers = Map.copyOf(headers);
    }

    public static HttpCall of(String method, String path) {
        return new HttpCall(method, path, Map.of(), Optional.empty());
    }

    public HttpCall with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpCall(method, path, more, body);
    }

    public HttpCall with(HttpBody newBody) {
        return new HttpCall(method, path, headers, Optional.of(newBody));
    }

    /** The same for another path. */
    public HttpCall at(String newPath) {
        return new HttpCall(method, newPath, headers, body);
    }
}
