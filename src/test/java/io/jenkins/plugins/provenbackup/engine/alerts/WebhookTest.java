package io.jenkins.plugins.provenbackup.engine.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real server that takes what is sent, fails, hangs and redirects. */
class WebhookTest {

    private static final Duration SOON = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        serve("/good", exchange -> answer(exchange, 204));
        serve("/busy", exchange -> answer(exchange, 503));
        serve("/limited", exchange -> answer(exchange, 429));
        serve("/missing", exchange -> answer(exchange, 404));
        serve("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", "/good");
            answer(exchange, 307);
        });
        serve("/silent", exchange -> await());
        serve("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            await();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
    }

    @Test
    void sendsTheAlertAsJsonWithItsAuthorization() throws Exception {
        Alert alert = new Alert(
                "shop", Alert.Kind.OBJECTIVE_MISSED, "rpo/shop \"db\"", "30 h old", "Back up.", NOW.minusSeconds(60));

        webhook("/good").send(new Notice(Notice.Event.RAISED, alert, NOW).body("http://jenkins/x"), "Bearer geheim");

        assertThat(authorizations).containsExactly("Bearer geheim");
        assertThat(JSON.std.mapFrom(bodies.get(0)))
                .containsEntry("event", "raised")
                .containsEntry("policy", "shop")
                .containsEntry("kind", "objective-missed")
                .containsEntry("subject", "rpo/shop \"db\"")
                .containsEntry("since", "2026-03-04T05:05:07Z")
                .containsEntry("url", "http://jenkins/x");
    }

    @Test
    void saysThatTryingAgainMayHelp() {
        for (String path : List.of("/busy", "/limited")) {
            assertThatIOException()
                    .isThrownBy(() -> webhook(path).send("{}", ""))
                    .isNotInstanceOf(RefusedByServer.class)
                    .withMessageContaining("answers");
        }
    }

    @Test
    void saysThatTryingAgainDoesNotHelp() {
        assertThatIOException()
                .isThrownBy(() -> webhook("/missing").send("{}", ""))
                .isInstanceOf(RefusedByServer.class)
                .withMessageContaining("404")
                .withMessageContaining("check its URL");
    }

    @Test
    void followsNoRedirect() {
        assertThatIOException()
                .isThrownBy(() -> webhook("/moved").send("{}", "Bearer geheim"))
                .isInstanceOf(RefusedByServer.class)
                .withMessageContaining("a redirect to /good");
        assertThat(bodies).hasSize(1);
    }

    @Test
    void waitsForNobodyForever() {
        for (String path : List.of("/silent", "/endless")) {
            long begin = System.nanoTime();
            assertThatIOException()
                    .as(path)
                    .isThrownBy(() -> webhook(path, SOON).send("{}", ""))
                    .isNotInstanceOf(RefusedByServer.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void namesAServerThatIsNotThere() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertThatIOException()
                .isThrownBy(() -> new Webhook("http://127.0.0.1:" + port + "/secret", TIMEOUT).send("{}", ""))
                .withMessageContaining("127.0.0.1 does not answer")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }

    @Test
    void refusesWhatIsNoUrl() {
        for (String bad : List.of("", "ftp://x/y", "file:///etc/passwd", "https:///x", "not a url", "https://u:p@x/")) {
            assertThatIllegalArgumentException().as(bad).isThrownBy(() -> Webhook.parse(bad));
        }
    }

    @Test
    void triesLaterAndLaterAndThenGivesUp() {
        List<Duration> pauses = new ArrayList<>();
        int failures = 1;
        for (Optional<Instant> next = Backoff.next(failures, NOW);
                next.isPresent();
                next = Backoff.next(++failures, NOW)) {
            pauses.add(Duration.between(NOW, next.get()));
        }
        assertThat(pauses).isSorted().hasSize(10);
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(Duration.ofDays(2), Duration.ofDays(4));
    }

    private Webhook webhook(String path) {
        return webhook(path, TIMEOUT);
    }

    private Webhook webhook(String path, Duration timeout) {
        return new Webhook("http://127.0.0.1:" + server.getAddress().getPort() + path, timeout);
    }

    private void serve(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            handler.handle(exchange);
        });
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
