package io.jenkins.plugins.provenbackup.engine.archive;

import java.io.IOException;

/**
 * Passes archives on to a sink, one at a time, until it is closed; then a sink that is waiting is interrupted. That
 * interrupt is for the sink alone: the worker it runs on belongs to somebody else and never sees it.
 */
final class Handover implements ArchiveSink, AutoCloseable {

    private final ArchiveSink sink;
    private boolean closed;
    private Thread inSink;
    private boolean interrupted;

    Handover(ArchiveSink sink) {
        this.sink = sink;
    }

    @Override
    public void accept(FinishedArchive archive) throws IOException, InterruptedException {
        enter();
        try {
            sink.accept(archive);
        } finally {
            leave();
        }
    }

    private synchronized void enter() throws IOException {
        if (closed) {
            throw new IOException("the writer was closed");
        }
        inSink = Thread.currentThread();
    }

    private synchronized void leave() {
        inSink = null;
        if (interrupted) {
            Thread.interrupted();
        }
    }

    /** Interrupts this thread again, unless the interrupt that it answered was meant for the sink. */
    synchronized void keepInterrupt() {
        if (!interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (inSink != null) {
            interrupted = true;
            inSink.interrupt();
        }
    }
}
