package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Items;
import hudson.model.PeriodicWork;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps opened homes for those who look around in them, since opening one may cost a second and much memory: two at most, and none
 * for longer than ten minutes after its last use. One that was opened by another configuration is opened anew. Thread-safe.
 */
@Extension
public final class OpenHomes extends PeriodicWork {

    private static final int MOST = 2;
    private static final Duration IDLE = Duration.ofMinutes(10);

    private final List<Kept> kept = new ArrayList<>();

    /** The one of this Jenkins. */
    static OpenHomes get() {
        return ExtensionList.lookupSingleton(OpenHomes.class);
    }

    /** Does something with an opened home. */
    interface Use<T> {
        T with(OpenHome home) throws IOException, InterruptedException;
    }

    /**
     * Opens the home of a policy, unless it is open, for as long as it is used.
     *
     * @throws IOException when it cannot be opened, in words for the user
     */
    <T> T use(BackupPolicy policy, Use<T> use) throws IOException, InterruptedException {
        Kept home = acquire(policy);
        try {
            return use.with(home.home);
        } finally {
            release(home);
        }
    }

    private synchronized Kept acquire(BackupPolicy policy) throws IOException, InterruptedException {
        ProvenBackupConfiguration configuration = ProvenBackupConfiguration.get();
        String settings = policy.getName()
                + Items.XSTREAM2.toXML(configuration.getDestinations())
                + Items.XSTREAM2.toXML(configuration.getKeys())
                + Items.XSTREAM2.toXML(policy);
        for (Kept one : kept) {
            if (one.settings.equals(settings)) {
                kept.remove(one);
                kept.add(one);
                one.users++;
                return one;
            }
        }
        Kept opened = new Kept(settings, OpenHome.of(policy));
        opened.users = 1;
        kept.add(opened);
        closeIdle(MOST, Duration.ZERO);
        return opened;
    }

    private synchronized void release(Kept home) {
        home.users--;
        home.lastUse = System.nanoTime();
        closeIdle(MOST, IDLE);
    }

    /** Closes what nobody uses: what is too much, the least recently used first, and what is too old. */
    private void closeIdle(int most, Duration age) {
        List<Kept> idle = kept.stream().filter(one -> one.users == 0).toList();
        for (Kept one : idle) {
            boolean isOld = !age.isZero() && System.nanoTime() - one.lastUse > age.toNanos();
            if (kept.size() > most || isOld) {
                kept.remove(one);
                one.home.close();
            }
        }
    }

    @Override
    public long getRecurrencePeriod() {
        return MIN;
    }

    @Override
    protected synchronized void doRun() {
        closeIdle(MOST, IDLE);
    }

    /** Closes all that nobody uses, for tests and for whoever changed credentials. */
    synchronized void forget() {
        closeIdle(0, Duration.ZERO);
    }

    private static final class Kept {

        private final String settings;
        private final OpenHome home;
        private int users;
        private long lastUse = System.nanoTime();

        Kept(String settings, OpenHome home) {
            this.settings = settings;
            this.home = home;
        }
    }
}
