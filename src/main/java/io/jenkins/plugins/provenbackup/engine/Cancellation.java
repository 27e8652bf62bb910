package io.jenkins.plugins.provenbackup.engine;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;

/** The interrupt of the calling thread, which some libraries answer with a failure of their own. */
public final class Cancellation {

    private Cancellation() {}

    /** What can be cancelled. */
    public interface Operation<T> {
        T run() throws IOException, InterruptedException;
    }

    /**
     * Runs an operation; a failure that an interrupt has caused is told as what it is.
     *
     * @throws InterruptedException when the thread was interrupted
     */
    public static <T> T told(Operation<T> operation) throws IOException, InterruptedException {
        try {
            return operation.run();
        } catch (IOException e) {
            if (Thread.interrupted() || isInterrupt(e)) {
                InterruptedException interrupt = new InterruptedException("cancelled: " + e.getMessage());
                interrupt.initCause(e);
                throw interrupt;
            }
            throw e;
        }
    }

    private static boolean isInterrupt(IOException e) {
        return e instanceof ClosedByInterruptException
                || (e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException));
    }
}
