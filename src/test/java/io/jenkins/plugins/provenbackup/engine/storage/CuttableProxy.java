package io.jenkins.plugins.provenbackup.engine.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A TCP proxy on a loopback port that can cut its connections, once, after so many bytes from the client. */
public final class CuttableProxy implements AutoCloseable {

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong untilCut = new AtomicLong(Long.MAX_VALUE);
    private volatile boolean refusing;
    private volatile boolean holding;

    private CuttableProxy(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    public static CuttableProxy to(int targetPort) throws IOException {
        CuttableProxy proxy = new CuttableProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), targetPort);
        start(proxy::accept);
        return proxy;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Cuts everything when that many more bytes have come from clients; later connections work again. */
    public void cutAfter(long bytes) {
        untilCut.set(bytes);
    }

    /** Cuts everything now; later connections work again. */
    public void cutNow() {
        sockets.forEach(CuttableProxy::closeQuietly);
        sockets.clear();
    }

    /** Cuts everything now, and new connections as soon as they come. */
    public void refuse() {
        refusing = true;
        cutNow();
    }

    /** Lets connections in again. */
    public void admit() {
        refusing = false;
    }

    /** Lets nothing through any more; connections stay open. */
    public void hold() {
        holding = true;
    }

    /** Lets everything through again. */
    public void release() {
        holding = false;
    }

    @Override
    public void close() throws IOException {
        server.close();
        cutNow();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (refusing) {
                    client.close();
                    continue;
                }
                Socket remote = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(client);
                sockets.add(remote);
                start(() -> pump(client, remote, untilCut));
                start(() -> pump(remote, client, new AtomicLong(Long.MAX_VALUE)));
            } catch (IOException closed) {
                // the next round finds out whether for good
            }
        }
    }

    private void pump(Socket from, Socket to, AtomicLong left) {
        byte[] buffer = new byte[1 << 14];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (left.addAndGet(-n) <= 0) {
                    left.set(Long.MAX_VALUE);
                    cutNow();
                    return;
                }
                while (holding && !from.isClosed()) {
                    Thread.sleep(20);
                }
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException cut) {
            // the other end sees it too, since closing one stream closes its socket
        }
        sockets.remove(from);
        sockets.remove(to);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "cuttable proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
