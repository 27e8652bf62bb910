package io.jenkins.plugins.provenbackup.engine.alerts;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends JSON to a URL. It follows no redirect, since a body and its authorization are for the one that was named alone. For
 * several threads.
 */
public final class Webhook {

    private final URI uri;
    private final Duration timeout;
    private final HttpClient client;

    /**
     * Nothing is sent yet.
     *
     * @param uri of scheme http or https
     * @param timeout for the connection, and for all of the answer
     * @throws IllegalArgumentException for another URI, in words for the user
     */
    public Webhook(String uri, Duration timeout) {
        this.uri = parse(uri);
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException when it is none, in words for the user
     */
    public static URI parse(String text) {
        URI uri;
        try {
            uri = URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is no URL: write like https://host/path", e);
        }
        boolean isHttp = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
        if (!isHttp || uri.getHost() == null) {
            throw new IllegalArgumentException("'" + text + "' is no URL of http or https with a host");
        }
        if (uri.getUserInfo() != null) {
            throw new IllegalArgumentException("a URL must not hold a password: choose credentials beside it");
        }
        return uri;
    }

    /**
     * Sends it.
     *
     * @param authorization value of that header; empty for none
     * @throws RefusedByServer when trying again would not help
     * @throws IOException when it may
     */
    public void send(String json, String authorization) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "proven-backup")
                .POST(HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        require(answer(request.build()));
    }

    /** The client's own limit ends with the headers; a body that never ends is cut off here. */
    private HttpResponse<Void> answer(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            return answer.get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("The webhook at " + uri.getHost() + " does not answer: " + reason(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new IOException("The webhook at " + uri.getHost() + " did not answer in time", e);
        } finally {
            answer.cancel(true);
        }
    }

    private static String reason(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private void require(HttpResponse<Void> response) throws IOException {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return;
        }
        String where = "The webhook at " + uri.getHost() + " answers " + status;
        if (status >= 300 && status < 400) {
            throw new RefusedByServer(where + ", a redirect to "
                    + response.headers().firstValue("Location").orElse("nowhere")
                    + ": configure that URL if it is the right one");
        }
        if (status >= 400 && status < 500 && status != 408 && status != 425 && status != 429) {
            throw new RefusedByServer(where + ": check its URL and its credentials");
        }
        throw new IOException(where);
    }
}
