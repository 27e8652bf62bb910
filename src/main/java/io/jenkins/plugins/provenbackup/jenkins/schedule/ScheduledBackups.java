package io.jenkins.plugins.provenbackup.jenkins.schedule;

import hudson.Extension;
import hudson.model.PeriodicWork;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Calendar;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks every minute which policies are due, and backs up the home of those that have one. What needs a workspace is left to
 * jobs with triggers of their own. A policy whose last run still goes on is passed over. Thread-safe.
 */
@Extension
public final class ScheduledBackups extends PeriodicWork {

    /** After a pause of the controller only so much is made good, or a machine that slept would do everything at once. */
    private static final Duration LONGEST_GAP = Duration.ofMinutes(10);

    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final Map<String, String> problems = new ConcurrentHashMap<>();
    private Instant checked = Instant.now().truncatedTo(ChronoUnit.MINUTES);

    @Override
    public long getRecurrencePeriod() {
        return MIN;
    }

    @Override
    protected void doRun() {
        look(Instant.now());
    }

    /** Begins what came due since the last look, up to and with this minute. */
    synchronized void look(Instant now) {
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        if (checked.isBefore(minute.minus(LONGEST_GAP))) {
            checked = minute.minus(LONGEST_GAP);
        }
        while (checked.isBefore(minute)) {
            checked = checked.plus(1, ChronoUnit.MINUTES);
            Calendar time = Calendar.getInstance(TimeZone.getDefault());
            time.setTimeInMillis(checked.toEpochMilli());
            for (BackupPolicy policy : ProvenBackupConfiguration.get().getPolicies()) {
                if (policy.hasJenkinsHome() && policy.isDue(time)) {
                    begin(policy);
                }
            }
        }
        problems.keySet()
                .removeIf(name -> ProvenBackupConfiguration.get().policy(name).isEmpty());
    }

    private void begin(BackupPolicy policy) {
        if (!running.add(policy.getName())) {
            return;
        }
        Thread thread = new Thread(
                () -> {
                    try {
                        String problem = new ScheduledBackup(policy).run();
                        if (problem.isEmpty()) {
                            problems.remove(policy.getName());
                        } else {
                            problems.put(policy.getName(), problem);
                        }
                    } finally {
                        running.remove(policy.getName());
                    }
                },
                "Proven Backup: " + policy.getName());
        thread.setDaemon(true);
        thread.start();
    }

    /** Policies whose last run failed, with the reason. */
    Map<String, String> problems() {
        return Map.copyOf(problems);
    }

    /** Whether a run goes on. */
    boolean isRunning() {
        return !running.isEmpty();
    }
}
