package io.jenkins.plugins.provenbackup.jenkins.home;

import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Listeners on loopback, one for each thing that a Jenkins may reach out to; they count who comes. */
final class Doors implements AutoCloseable {

    private final Map<String, ServerSocket> sockets = new TreeMap<>();
    private final Map<String, AtomicInteger> visits = new ConcurrentHashMap<>();

    Doors(List<String> names) throws IOException {
        for (String name : names) {
            ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            sockets.put(name, socket);
            visits.put(name, new AtomicInteger());
            Thread thread = new Thread(() -> listen(name, socket), "door " + name);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void listen(String name, ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                socket.accept().close();
                visits.get(name).incrementAndGet();
            } catch (IOException e) {
                // Closed, or the visitor has gone already.
            }
        }
    }

    int port(String name) {
        return sockets.get(name).getLocalPort();
    }

    void write(Path file) throws IOException {
        Properties ports = new Properties();
        sockets.keySet().forEach(name -> ports.setProperty(name, String.valueOf(port(name))));
        try (Writer out = Files.newBufferedWriter(file)) {
            ports.store(out, null);
        }
    }

    /** The doors that somebody came to since they were last forgotten. */
    Set<String> visited() {
        Set<String> visited = new TreeSet<>();
        visits.forEach((name, count) -> {
            if (count.get() > 0) {
                visited.add(name);
            }
        });
        return visited;
    }

    void forget() {
        visits.values().forEach(count -> count.set(0));
    }

    @Override
    public void close() throws IOException {
        for (ServerSocket socket : sockets.values()) {
            socket.close();
        }
    }
}
