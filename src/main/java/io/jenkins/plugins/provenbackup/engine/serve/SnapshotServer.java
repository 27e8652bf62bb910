package io.jenkins.plugins.provenbackup.engine.serve;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.provenbackup.engine.NamedThreads;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Serves the snapshots of a repository until it is closed. It listens on 127.0.0.1 only, and its address holds a secret that
 * changes with each start, so other users of this machine find nothing. Several clients are served at once; files are
 * streamed.
 */
public final class SnapshotServer implements AutoCloseable {

    private static final int THREADS = 16;
    private static final int BACKLOG = 64;

    private final HttpServer server;
    private final ExecutorService threads;
    private final OpenSnapshots open;
    private final URI address;

    private SnapshotServer(HttpServer server, ExecutorService threads, OpenSnapshots open, URI address) {
        this.server = server;
        this.threads = threads;
        this.open = open;
        this.address = address;
    }

    /**
     * Where snapshots are, and where to serve them.
     *
     * @param replicas where to read, the preferred one first
     * @param key opens everything; stays the caller's, who closes it after the server
     * @param port 0 for any that is free
     * @param problems is told in one sentence what could not be served; called from several threads
     */
    public record Request(List<Replica> replicas, RecoveryKey key, int port, Consumer<String> problems) {

        public Request {
            replicas = List.copyOf(replicas);
        }
    }

    /**
     * Starts to serve.
     *
     * @throws RefusedException when the port is taken
     */
    public static SnapshotServer start(Request request, Clock clock) throws IOException {
        InetAddress loopback = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(loopback, request.port()), BACKLOG);
        } catch (BindException e) {
            throw new RefusedException("Port " + request.port() + " cannot be used: " + e.getMessage()
                    + ". Choose another --port, or leave it out.");
        }
        int port = server.getAddress().getPort();
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String secret = HexFormat.of().formatHex(random);
        OpenSnapshots open = new OpenSnapshots(
                request.replicas(),
                request.key(),
                (replica, archive, reason) -> request.problems().accept(reason.getMessage()));
        SnapshotTree tree = new SnapshotTree(request.replicas(), request.key(), open, clock);
        Set<String> hosts = port == 80
                ? Set.of("127.0.0.1", "localhost", "127.0.0.1:80", "localhost:80")
                : Set.of("127.0.0.1:" + port, "localhost:" + port);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, new NamedThreads("serve"));
        server.setExecutor(threads);
        server.createContext("/", new WebDavHandler(tree, secret, hosts, request.problems()));
        server.start();
        return new SnapshotServer(server, threads, open, URI.create("http://127.0.0.1:" + port + "/" + secret + "/"));
    }

    /** The address, secret included. */
    public URI address() {
        return address;
    }

    /** Ends all connections. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open.close();
    }
}
