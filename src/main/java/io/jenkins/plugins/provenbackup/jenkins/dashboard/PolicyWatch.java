package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.PeriodicWork;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.provenbackup.engine.alerts.PolicyState;
import io.jenkins.plugins.provenbackup.engine.compliance.Observe;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation;
import io.jenkins.plugins.provenbackup.jenkins.access.BootMode;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Looks at every policy every five minutes, two at a time, and less often where a look takes long: it never costs a destination
 * more than a twentieth of the time. Thread-safe.
 */
@Extension
public final class PolicyWatch extends PeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(PolicyWatch.class.getName());

    /** System property: minutes between two looks, instead of five; 0 for none but those that somebody asks for. */
    static final String MINUTES = "io.jenkins.plugins.provenbackup.lookMinutes";

    private static final int SHARE = 20;

    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final Map<String, Instant> due = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "Proven Backup: look at a policy");
        thread.setDaemon(true);
        return thread;
    });

    static PolicyWatch get() {
        return ExtensionList.lookupSingleton(PolicyWatch.class);
    }

    @Override
    public long getRecurrencePeriod() {
        return MIN;
    }

    @Override
    protected void doRun() {
        if (BootMode.isOn() || Integer.getInteger(MINUTES, 5) <= 0) {
            return;
        }
        Instant now = Instant.now();
        for (BackupPolicy policy : ProvenBackupConfiguration.get().getPolicies()) {
            if (!due.getOrDefault(policy.getName(), now).isAfter(now)) {
                lookSoon(policy);
            }
        }
    }

    /** Looks as soon as a thread is free, unless somebody does already. */
    void lookSoon(BackupPolicy policy) {
        if (!BootMode.isOn() && running.add(policy.getName())) {
            threads.execute(() -> {
                try {
                    look(policy, Clock.systemUTC());
                } catch (RuntimeException e) {
                    LOGGER.log(Level.SEVERE, e, () -> "Looking at policy " + policy.getName() + " failed");
                } finally {
                    running.remove(policy.getName());
                }
            });
        }
    }

    /** Whether a look goes on. */
    boolean isLooking(String policy) {
        return running.contains(policy);
    }

    /** Looks now. */
    void look(BackupPolicy policy, Clock clock) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Observe.class.getClassLoader());
        long begin = System.nanoTime();
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            assert system != null;
            PolicyLook look = new PolicyLook(policy, Standings.get().of(policy.getName()), clock);
            Function<PolicyState, PolicyState.Change> change = change(look, clock);
            Standings.get().change(policy.getName(), change, clock.instant());
        } catch (InterruptedException e) {
            thread.interrupt();
        } finally {
            thread.setContextClassLoader(before);
            Duration pause = Duration.ofMinutes(Integer.getInteger(MINUTES, 5));
            Duration share = Duration.ofNanos(System.nanoTime() - begin).multipliedBy(SHARE);
            due.put(policy.getName(), Instant.now().plus(pause.compareTo(share) > 0 ? pause : share));
        }
    }

    private static Function<PolicyState, PolicyState.Change> change(PolicyLook look, Clock clock)
            throws InterruptedException {
        try {
            Observation seen = look.run();
            return state -> state.after(seen);
        } catch (IOException | IllegalArgumentException e) {
            return state -> state.afterFailure(String.valueOf(e.getMessage()), clock.instant());
        }
    }
}
