package hudson.model;

import jenkins.util.ThrowingRunnable;
import hudson.util.XStream2;

public class Items {

    public static final XStream2 XSTREAM2 = null;

    public static <T extends Throwable> void runWhileUpdatingByXml(ThrowingRunnable<T> runnable) throws T {
        throw new UnsupportedOperationException();
    }
}
