package io.jenkins.plugins.provenbackup.engine.storage.ftp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;

/** Makes the TCP sockets of a session and knows them, so that any thread can break them, also below TLS. */
final class OpenSockets extends SocketFactory {

    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    @Override
    public Socket createSocket() {
        open.removeIf(Socket::isClosed);
        Socket socket = new DataSocket();
        open.add(socket);
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("connections are made with a time-out");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException("connections are made with a time-out");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException("connections are made with a time-out");
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException("connections are made with a time-out");
    }

    /** Closes all; never waits. */
    void abort() {
        open.forEach(OpenSockets::closeQuietly);
        open.clear();
    }

    // Whoever uses the socket gets the error.
    @SuppressWarnings("EmptyCatch")
    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException broken) {
            // it is closed
        }
    }
}
