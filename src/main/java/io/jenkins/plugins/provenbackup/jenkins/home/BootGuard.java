package io.jenkins.plugins.provenbackup.jenkins.home;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;

/**
 * Starts a war in the process that boots a restored home, and ends that process when its parent is gone, however that ended: the pipe
 * from it is closed then. It runs alone on the class path, so it is one class that uses none of ours.
 */
public final class BootGuard implements Runnable {

    private static final int ABANDONED = 3;

    private final long seconds;

    private BootGuard(long seconds) {
        this.seconds = seconds;
    }

    /** Of a process of its own; first the seconds that it may take, then what the war is given. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        start(new BootGuard(0), "ends when the parent does");
        start(new BootGuard(Long.parseLong(arguments[0])), "ends in time");
        String[] rest = new String[arguments.length - 1];
        System.arraycopy(arguments, 1, rest, 0, rest.length);
        try {
            Class.forName("executable.Main").getMethod("main", String[].class).invoke(null, (Object) rest);
        } catch (InvocationTargetException e) {
            e.getCause().printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void start(Runnable what, String name) {
        Thread thread = new Thread(what, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            if (seconds > 0) {
                // A little later than the parent would.
                Thread.sleep((seconds + 60) * 1000);
            } else {
                while (System.in.read() >= 0) {
                    // The parent writes nothing.
                }
            }
        } catch (IOException | InterruptedException e) {
            // No parent, or nobody who waits for it.
        }
        Runtime.getRuntime().halt(ABANDONED);
    }
}
