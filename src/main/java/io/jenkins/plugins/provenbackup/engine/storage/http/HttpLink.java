package io.jenkins.plugins.provenbackup.engine.storage.http;

import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.tls.TlsTrust;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A connection to a web server, made anew whenever the server has closed it. Redirects are not followed, since a log-in must
 * not go elsewhere. One thread at a time sends; any thread may {@link #abort}. Who waits for an answer is not bounded here
 * but for {@link #greet}: VFS' connection above watches the progress and aborts.
 */
public final class HttpLink implements AutoCloseable {

    /** Whether there is TLS below HTTP. */
    public enum Security {
        PLAIN("http"),
        TLS("https");

        private final String scheme;

        Security(String scheme) {
            this.scheme = scheme;
        }
    }

    private static final int PORT = 80;
    private static final int TLS_PORT = 443;

    private final HttpClient client;
    private final HttpOrigin origin;
    private final HttpLogin login;
    private final Duration patience;
    private volatile boolean aborted;
    private volatile Optional<CompletableFuture<HttpResponse<InputStream>>> pending = Optional.empty();
    private volatile Optional<InputStream> arriving = Optional.empty();

    private HttpLink(HttpClient client, HttpOrigin origin, HttpLogin login, Duration patience) {
        this.client = client;
        this.origin = origin;
        this.login = login;
        this.patience = patience;
    }

    /**
     * Prepares a link; nothing is sent yet.
     *
     * @throws StorageException when the file of trusted certificates is no good
     */
    public static HttpLink to(StorageLocation location, StorageOptions options, Security security)
            throws StorageException {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(ProxySelector.getDefault())
                .connectTimeout(options.connectTimeout());
        if (security == Security.TLS) {
            client.sslContext(TlsTrust.of(options).context());
        }
        int port = location.port().orElse(security == Security.TLS ? TLS_PORT : PORT);
        return new HttpLink(
                client.build(),
                new HttpOrigin(security.scheme, location.host(), port),
                new HttpLogin(options.userAt(location), options.credentials()),
                options.connectTimeout());
    }

    /** The server for messages, like {@code nas.example port 443}. */
    public String server() {
        return origin.server();
    }

    /** The address of a decoded path. */
    public URI address(String path) {
        return origin.address(path);
    }

    /** The first request, which is answered within the time that a connection may take. */
    public HttpAnswer greet(HttpCall call) throws IOException {
        return send(call, Optional.of(patience));
    }

    /** Sends a request, once more with a log-in when the server asks for one. */
    public HttpAnswer send(HttpCall call) throws IOException {
        return send(call, Optional.empty());
    }

    /** Whether it makes sense to send anything. */
    public boolean isUsable() {
        return !aborted;
    }

    /** Breaks the request that is under way; never waits. */
    public void abort() {
        aborted = true;
        pending.ifPresent(request -> request.cancel(true));
        arriving.ifPresent(HttpLink::closeQuietly);
    }

    /** The client's own threads end, and close their connections, when nothing refers to it any more. */
    @Override
    public void close() {
        abort();
    }

    private HttpAnswer send(HttpCall call, Optional<Duration> timeout) throws IOException {
        Optional<String> authorization = login.authorization(call.method(), address(call.path()));
        HttpAnswer answer = exchange(call, authorization, timeout);
        if (answer.status() == HttpStatus.UNAUTHORIZED && login.takesUp(answer.headers(), authorization.isPresent())) {
            answer.close();
            return exchange(call, login.authorization(call.method(), address(call.path())), timeout);
        }
        return answer;
    }

    private HttpAnswer exchange(HttpCall call, Optional<String> authorization, Optional<Duration> timeout)
            throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address(call.path())).setHeader("User-Agent", "proven-backup");
        call.headers().forEach(request::setHeader);
        authorization.ifPresent(value -> request.setHeader("Authorization", value));
        timeout.ifPresent(request::timeout);
        if (call.body().isEmpty()) {
            return new HttpAnswer(
                    call,
                    await(request.method(call.method(), HttpRequest.BodyPublishers.noBody())
                            .build()));
        }
        HttpBody body = call.body().get();
        try (InputStream content = body.open()) {
            HttpRequest.BodyPublisher stream = HttpRequest.BodyPublishers.ofInputStream(() -> content);
            HttpRequest.BodyPublisher sized = sized(stream, body.size());
            return new HttpAnswer(
                    call, await(request.method(call.method(), sized).build()));
        }
    }

    private static HttpRequest.BodyPublisher sized(HttpRequest.BodyPublisher stream, long size) {
        if (size < 0) {
            return stream;
        }
        return size == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.fromPublisher(stream, size);
    }

    private HttpResponse<InputStream> await(HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<InputStream>> sent =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
        pending = Optional.of(sent);
        if (aborted) {
            sent.cancel(true);
        }
        try {
            HttpResponse<InputStream> response = sent.get();
            arriving = Optional.of(response.body());
            if (aborted) {
                closeQuietly(response.body());
            }
            return response;
        } catch (CancellationException e) {
            throw new IOException("the connection was broken off", e);
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(e);
            throw interrupted;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        } finally {
            pending = Optional.empty();
        }
    }

    // Who reads the stream gets the error; who breaks it off has no use for another.
    @SuppressWarnings("EmptyCatch")
    private static void closeQuietly(InputStream stream) {
        try {
            stream.close();
        } catch (IOException broken) {
            // it is closed
        }
    }
}
