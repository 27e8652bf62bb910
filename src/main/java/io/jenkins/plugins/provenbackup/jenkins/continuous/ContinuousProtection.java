package io.jenkins.plugins.provenbackup.jenkins.continuous;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.PeriodicWork;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.provenbackup.engine.backup.Backup;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;

/**
 * Protects the configuration of Jenkins while people change it, by each policy that wants so. Looks every second whether something was
 * noted; what is due is done by one worker, a policy after the other. Thread-safe.
 */
@Extension
public final class ContinuousProtection extends PeriodicWork {

    private static final long SECONDS_TO_END = 10;

    private final Map<String, ProtectedConfiguration> all = new ConcurrentHashMap<>();
    private Optional<Thread> worker = Optional.empty();

    /** The one of this Jenkins. */
    static ContinuousProtection get() {
        return ExtensionList.lookupSingleton(ContinuousProtection.class);
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.SECONDS.toMillis(1);
    }

    @Override
    public long getInitialDelay() {
        return TimeUnit.SECONDS.toMillis(10);
    }

    @Override
    protected void doRun() {
        look(Instant.now());
    }

    private synchronized void look(Instant now) {
        List<BackupPolicy> policies = ProvenBackupConfiguration.get().getPolicies().stream()
                .filter(BackupPolicy::isContinuous)
                .toList();
        NotedPaths noted = SaveNotes.paths();
        noted.want(!policies.isEmpty());
        all.keySet().retainAll(policies.stream().map(BackupPolicy::getName).toList());
        boolean isBusy = worker.filter(Thread::isAlive).isPresent();
        if (policies.isEmpty() || isBusy || Jenkins.get().isTerminating()) {
            return;
        }
        Duration quiet = Duration.ofNanos(noted.quietNanos());
        List<String> paths = noted.take();
        for (BackupPolicy policy : policies) {
            all.computeIfAbsent(policy.getName(), ProtectedConfiguration::new).add(paths, now);
        }
        for (BackupPolicy policy : policies) {
            ProtectedConfiguration one = all.get(policy.getName());
            Pace.Next next = one.pace().next(now, quiet);
            if (next != Pace.Next.NOTHING) {
                begin(policy, one, next);
                return;
            }
        }
    }

    @SuppressWarnings("try") // held until it is closed
    private void begin(BackupPolicy policy, ProtectedConfiguration one, Pace.Next next) {
        Thread thread = new Thread(
                () -> {
                    Thread.currentThread().setContextClassLoader(Backup.class.getClassLoader());
                    try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
                        one.protect(policy, next, new Silence());
                    } catch (InterruptedException e) {
                        // Jenkins ends; its next start looks at everything.
                        Thread.currentThread().interrupt();
                    }
                },
                "Proven Backup: configuration");
        thread.setDaemon(true);
        worker = Optional.of(thread);
        thread.start();
    }

    /** How a policy's protection stands; empty before the first look. */
    Optional<ProtectedConfiguration> of(String policy) {
        return Optional.ofNullable(all.get(policy));
    }

    /** Ends the worker. */
    void shutDown() throws InterruptedException {
        Optional<Thread> running;
        synchronized (this) {
            running = worker;
        }
        if (running.isPresent()) {
            running.get().interrupt();
            running.get().join(TimeUnit.SECONDS.toMillis(SECONDS_TO_END));
        }
    }

    /** Takes what a build would log; what matters of it is in the report. */
    private static final class Silence implements TaskListener {

        private static final long serialVersionUID = 1L;

        @Override
        public PrintStream getLogger() {
            return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        }
    }
}
