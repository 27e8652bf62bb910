package io.jenkins.plugins.provenbackup.jenkins.continuous;

import hudson.model.TaskListener;
import io.jenkins.plugins.provenbackup.engine.Reason;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.policy.RetentionRules;
import io.jenkins.plugins.provenbackup.engine.policy.Span;
import io.jenkins.plugins.provenbackup.jenkins.access.SourceNames;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.execution.Attempt;
import io.jenkins.plugins.provenbackup.jenkins.execution.BackupTask;
import io.jenkins.plugins.provenbackup.jenkins.execution.Verdict;
import io.jenkins.plugins.provenbackup.jenkins.results.BackupReport;
import io.jenkins.plugins.provenbackup.jenkins.results.RetentionReport;
import io.jenkins.plugins.provenbackup.jenkins.schedule.PolicyRetention;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What one policy protects of the configuration, and how that stands. Worked on by one thread; read by any. */
final class ProtectedConfiguration {

    private static final Logger LOGGER = Logger.getLogger(ProtectedConfiguration.class.getName());

    /** A day of every state, then ever fewer. */
    private static final RetentionRules RULES = new RetentionRules(0, 72, 60, 52, 0, 0, Optional.of(Span.parse("1d")));

    private final String policy;
    private final Pace pace = new Pace();
    private final Set<String> waiting = new LinkedHashSet<>();
    private String since = "";
    private volatile Optional<Instant> newest = Optional.empty();
    private volatile String problem = "";

    ProtectedConfiguration(String policy) {
        this.policy = policy;
    }

    Pace pace() {
        return pace;
    }

    /** These may have changed. */
    synchronized void add(List<String> paths, Instant now) {
        waiting.addAll(paths);
        if (!waiting.isEmpty()) {
            pace.noted(now);
        }
    }

    private synchronized List<String> take() {
        List<String> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }

    /** When the newest recovery point was begun that has enough copies; empty before the first since Jenkins started. */
    Optional<Instant> newest() {
        return newest;
    }

    /** Why the last attempt is not all that was asked for; empty when it is. */
    String problem() {
        return problem;
    }

    /** Makes a recovery point. */
    void protect(BackupPolicy configured, Pace.Next what, TaskListener listener) throws InterruptedException {
        Instant start = Instant.now();
        pace.begin(start);
        List<String> paths = take();
        boolean isDone = false;
        try {
            BackupReport report = BackupTask.ofConfiguration(
                            configured, what == Pace.Next.WHOLE ? "" : since, paths, listener)
                    .make(0, UUID.randomUUID().toString(), Attempt.FIRST, () -> {
                        throw new IOException("the configuration has no workspace");
                    });
            isDone = report.getCopies() >= report.getMinCopies();
            since = report.getId();
            problem = Verdict.of(report).orElse("");
            if (isDone) {
                newest = Optional.of(start);
                pace.succeeded(what, start);
            }
            if (isDone && what == Pace.Next.WHOLE) {
                retain(configured);
            }
        } catch (IOException | IllegalArgumentException e) {
            problem = Reason.of(e);
        } finally {
            if (!isDone) {
                add(paths, Instant.now());
                pace.failed(Instant.now());
            }
        }
        if (!problem.isEmpty()) {
            LOGGER.log(Level.WARNING, "The configuration is not protected by the policy {0}: {1}", new Object[] {
                policy, problem
            });
        }
    }

    private void retain(BackupPolicy configured) throws IOException, InterruptedException {
        List<RetentionReport> places = new PolicyRetention(
                        judged(ProvenBackupConfiguration.get().toPolicy(configured)),
                        "continuous:" + policy,
                        line -> LOGGER.log(Level.FINE, "{0}: {1}", new Object[] {policy, line}),
                        Clock.systemUTC())
                .run(PolicyRetention.Pruning.NOT_YET);
        places.stream()
                .flatMap(place -> place.getProblems().stream())
                .findFirst()
                .ifPresent(reason -> problem = reason);
    }

    /** The same destinations, with the one source and what is kept of it. */
    private Policy judged(Policy whole) {
        Policy.Source source = new Policy.Source(
                SourceNames.ofConfiguration(policy),
                Policy.SourceKind.JENKINS_HOME,
                List.of(),
                List.of(),
                "",
                List.of(),
                "disk");
        return new Policy(
                whole.name(),
                List.of(source),
                whole.destinations().stream()
                        .map(one -> one.withRetention(RULES))
                        .toList(),
                whole.minCopies(),
                whole.backups(),
                whole.objectives(),
                whole.contacts(),
                whole.notes());
    }
}
