package io.jenkins.plugins.provenbackup.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Entry point of the command line. */
public final class Main {

    /** How long a cancelled command may take to clean up. */
    private static final long PATIENCE_SECONDS = 10;

    private Main() {}

    /** Runs one command and ends the process with its exit status; a signal cancels it. */
    public static void main(String[] arguments) {
        Thread main = Thread.currentThread();
        CountDownLatch done = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> cancel(main, done), "cancel"));
        int status;
        try {
            status = CommandLineRun.run(arguments, ProcessSurroundings.create());
        } finally {
            done.countDown();
        }
        System.exit(status);
    }

    private static void cancel(Thread main, CountDownLatch done) {
        if (done.getCount() == 0) {
            return;
        }
        main.interrupt();
        try {
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println(
                        "proven-backup: ended without waiting any longer; what was stored serves the next run");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
