package io.jenkins.plugins.provenbackup.engine.storage.ftp;

import java.net.Proxy;
import java.net.Socket;

/**
 * A TCP socket that can pass for one to another port. Java looks TLS sessions up by host and port, and the port of a data
 * connection changes each time, so it never finds the session of the control connection by itself.
 */
final class DataSocket extends Socket {

    private volatile int otherPort;

    DataSocket() {
        super(Proxy.NO_PROXY);
    }

    /** Tells this port instead of the real one, from now on. */
    void passForPort(int port) {
        otherPort = port;
    }

    @Override
    public int getPort() {
        return otherPort == 0 ? super.getPort() : otherPort;
    }
}
