package hudson.scheduler;

import java.util.Calendar;

public final class CronTabList {

    private CronTabList() {
        throw new UnsupportedOperationException();
    }

    public static CronTabList create(String format, Hash hash) {
        throw new UnsupportedOperationException();
    }

    public String checkSanity() {
        throw new UnsupportedOperationException();
    }

    public synchronized boolean check(Calendar time) {
        throw new UnsupportedOperationException();
    }
}
