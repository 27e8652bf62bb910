package io.jenkins.plugins.provenbackup.jenkins.execution;

/** Hears on the controller what the engine does elsewhere. Called over Remoting, by one thread. */
public interface ProgressSink {

    /** Something for the build's log. */
    void line(String text) throws InterruptedException;

    /** The engine has ended, whatever the outcome, and touches nothing any more. */
    void ended() throws InterruptedException;
}
