package io.jenkins.plugins.provenbackup.jenkins.execution;

import hudson.AbortException;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.provenbackup.engine.Reason;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.security.MasterToSlaveCallable;

/**
 * One run of the engine where the data is. Remoting interrupts its thread when the build is stopped, and when the connection to the
 * controller is lost; the engine answers within a second.
 *
 * @param <V> what comes back
 */
abstract class EngineCall<V extends Serializable> extends MasterToSlaveCallable<V, IOException> {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(EngineCall.class.getName());

    private transient ProgressSink sink;

    EngineCall(ProgressSink sink) {
        this.sink = sink;
    }

    /** Does it. */
    abstract V run(ProgressLines progress) throws IOException, InterruptedException;

    /** Wipes the secrets that came with the call. */
    abstract void wipe();

    @Override
    public final V call() throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(EngineCall.class.getClassLoader());
        try (ProgressLines progress = new ProgressLines(sink)) {
            return run(progress);
        } catch (AbortException e) {
            throw e;
        } catch (InterruptedException e) {
            throw new AbortException("It was cancelled; what was stored or restored so far stays for the next run.");
        } catch (IOException e) {
            // The causes stay here: some look like those of a lost agent, which they are not.
            LOGGER.log(Level.FINE, "the engine failed", e);
            throw new AbortException(Reason.of(e));
        } finally {
            wipe();
            thread.setContextClassLoader(before);
        }
    }

    /**
     * Lets the other side call back. Not while the call is serialized: what is exported then is forgotten when the call is cancelled, and the
     * engine could not say any more that it has ended.
     */
    void connect(VirtualChannel channel) {
        sink = channel.export(ProgressSink.class, sink);
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
        out.writeObject(sink);
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        sink = (ProgressSink) in.readObject();
    }
}
