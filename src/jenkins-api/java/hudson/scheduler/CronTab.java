package hudson.scheduler;

import java.util.Calendar;

public final class CronTab {

    public CronTab(String format, int line, Hash hash, String timeZone) {
        throw new UnsupportedOperationException();
    }

    public Calendar ceil(Calendar calendar) {
        throw new UnsupportedOperationException();
    }
}
