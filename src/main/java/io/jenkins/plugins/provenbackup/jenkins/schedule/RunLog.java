package io.jenkins.plugins.provenbackup.jenkins.schedule;

import hudson.model.TaskListener;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a run says what it does. It stays on the controller. Thread-safe. */
final class RunLog implements TaskListener, AutoCloseable {

    private static final long serialVersionUID = 1L;

    private final transient PrintStream out;

    RunLog(Path file) throws IOException {
        out = new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8);
    }

    @Override
    public PrintStream getLogger() {
        return out;
    }

    /** In the manner of what builds log of backups. */
    void line(String text) {
        out.println("[backup] " + text.replaceAll("\\p{Cntrl}", " "));
    }

    @Override
    public void close() {
        out.close();
    }

    private void writeObject(ObjectOutputStream stream) throws IOException {
        throw new NotSerializableException("The log of a run is written on the controller.");
    }
}
