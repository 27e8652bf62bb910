package jenkins.util;

@FunctionalInterface
public interface ThrowingRunnable<T extends Throwable> {

    void run() throws T;
}
