package io.jenkins.plugins.provenbackup.jenkins.execution;

import hudson.AbortException;
import hudson.remoting.Channel;
import hudson.remoting.RequestAbortedException;
import hudson.remoting.VirtualChannel;
import java.io.IOException;
import java.io.Serializable;

/** Sends calls to where they run, and tells a lost agent from a failed engine. */
final class Dispatch {

    private Dispatch() {}

    /**
     * Runs a call and waits for it; the interrupt of the calling thread cancels it there.
     *
     * @throws AbortException when the engine failed, in words for the user; one with a closed channel as its cause means that the agent
     *     was lost
     */
    static <V extends Serializable> V run(VirtualChannel channel, EngineCall<V> call, BuildLog log)
            throws IOException, InterruptedException {
        call.connect(channel);
        try {
            return channel.call(call);
        } catch (InterruptedException e) {
            log.awaitEnd();
            throw e;
        } catch (RequestAbortedException | IOException e) {
            if (Channel.isClosedChannelException(e)) {
                throw lost(e);
            }
            throw e;
        } finally {
            call.wipe();
        }
    }

    private static AbortException lost(Exception cause) {
        AbortException lost =
                new AbortException("The connection to the agent was lost, so the engine there was stopped. What it"
                        + " had stored serves the next run.");
        lost.initCause(cause);
        return lost;
    }
}
