package io.jenkins.plugins.provenbackup.engine.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Stands in front of an S3 server on a loopback port and, when told to, refuses, cuts or hangs. */
final class MisbehavingProxy implements AutoCloseable {

    private static final long NEVER = Long.MAX_VALUE;

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger seen = new AtomicInteger();
    private final AtomicLong uploadUntilCut = new AtomicLong(NEVER);
    private final AtomicLong downloadUntilCut = new AtomicLong(NEVER);
    private final AtomicLong uploadUntilStall = new AtomicLong(NEVER);
    private final AtomicLong downloadUntilStall = new AtomicLong(NEVER);
    private final AtomicLong uploadUntilAnswerIsLost = new AtomicLong(NEVER);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile CountDownLatch stalled = new CountDownLatch(1);
    private volatile String refusedMethod = "";
    private volatile String refusal = "";

    private MisbehavingProxy(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    static MisbehavingProxy to(int port) throws IOException {
        MisbehavingProxy proxy = new MisbehavingProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
        start(proxy::accept);
        return proxy;
    }

    int port() {
        return server.getLocalPort();
    }

    /** Answers the next requests of a method itself. */
    void refuse(String method, int times, int status, String code) {
        String body = "<Error><Code>" + code + "</Code><Message>made up for a test</Message></Error>";
        refusal = "HTTP/1.1 " + status + " X\r\nContent-Type: application/xml\r\nConnection: close\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
        refusedMethod = method + " ";
        seen.set(0);
        refusals.set(times);
    }

    /** How many requests were refused. */
    int refused() {
        return seen.get();
    }

    void cutUploadAfter(long bytes) {
        uploadUntilCut.set(bytes);
    }

    void cutDownloadAfter(long bytes) {
        downloadUntilCut.set(bytes);
    }

    void stallUploadAfter(long bytes) {
        uploadUntilStall.set(bytes);
    }

    void stallDownloadAfter(long bytes) {
        downloadUntilStall.set(bytes);
    }

    void awaitStall() throws InterruptedException {
        stalled.await();
    }

    /** Cuts instead of handing on what the server answers once so many bytes were sent. */
    void loseAnswerAfterUploadOf(long bytes) {
        uploadUntilAnswerIsLost.set(bytes);
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        cutNow();
    }

    private void cutNow() {
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        sockets.clear();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket remote = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(client);
                sockets.add(remote);
                start(() -> pumpUp(client, remote));
                start(() -> pumpDown(remote, client));
            } catch (IOException e) {
                // the next round finds out whether for good
            }
        }
    }

    private void pumpUp(Socket client, Socket remote) {
        byte[] buffer = new byte[1 << 14];
        try (InputStream in = client.getInputStream();
                OutputStream out = remote.getOutputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                // A client waits for an answer before its next request, so each begins a piece of its own.
                String begin = new String(buffer, 0, Math.min(n, 8), StandardCharsets.ISO_8859_1);
                if (!refusedMethod.isEmpty() && begin.startsWith(refusedMethod) && refusals.getAndDecrement() > 0) {
                    seen.incrementAndGet();
                    answer(client, in);
                    return;
                }
                if (passed(uploadUntilCut, n)) {
                    cutNow();
                    return;
                }
                if (passed(uploadUntilStall, n)) {
                    stall();
                    return;
                }
                if (uploadUntilAnswerIsLost.get() != NEVER) {
                    uploadUntilAnswerIsLost.addAndGet(-n);
                }
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException | InterruptedException cut) {
            // the other end sees it too, since closing one stream closes its socket
        }
    }

    private void pumpDown(Socket remote, Socket client) {
        byte[] buffer = new byte[1 << 14];
        try (InputStream in = remote.getInputStream();
                OutputStream out = client.getOutputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (passed(downloadUntilCut, n) || passed(uploadUntilAnswerIsLost, 0)) {
                    cutNow();
                    return;
                }
                if (passed(downloadUntilStall, n)) {
                    stall();
                    return;
                }
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException | InterruptedException cut) {
            // as above
        }
    }

    private static boolean passed(AtomicLong left, int bytes) {
        if (left.get() == NEVER || left.addAndGet(-bytes) > 0) {
            return false;
        }
        left.set(NEVER);
        return true;
    }

    private void stall() throws InterruptedException {
        stalled.countDown();
        closed.await();
    }

    private void answer(Socket client, InputStream in) throws IOException {
        client.getOutputStream().write(refusal.getBytes(StandardCharsets.ISO_8859_1));
        client.getOutputStream().flush();
        client.shutdownOutput();
        // Closing before everything was read would reset the connection and lose the answer.
        in.transferTo(OutputStream.nullOutputStream());
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "misbehaving proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
