package hudson.model;

import hudson.util.XStream2;
import jenkins.util.ThrowingRunnable;

public class Items {

    public static final XStream2 XSTREAM2 = null;

    public static <T extends Throwable> void runWhileUpdatingByXml(ThrowingRunnable<T> runnable) throws T {
        throw new UnsupportedOperationException();
    }
}
