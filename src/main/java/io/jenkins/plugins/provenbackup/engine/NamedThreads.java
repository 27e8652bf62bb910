package io.jenkins.plugins.provenbackup.engine;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Daemon threads with a name and a number, so that a thread dump reads like a description. */
public final class NamedThreads implements ThreadFactory {

    private final String name;
    private final AtomicInteger number = new AtomicInteger();

    public NamedThreads(String name) {
        this.name = name;
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "proven-backup " + name + " " + number.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
