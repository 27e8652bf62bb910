package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.provenbackup.engine.alerts.Alert;
import io.jenkins.plugins.provenbackup.engine.alerts.Notice;
import io.jenkins.plugins.provenbackup.engine.alerts.PolicyState;
import io.jenkins.plugins.provenbackup.engine.alerts.Step;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** How all policies stand, in memory and in files. Thread-safe. */
@Extension
public final class Standings {

    private static final Logger LOGGER = Logger.getLogger(Standings.class.getName());

    private final Map<String, Standing> standings = new ConcurrentHashMap<>();
    private final Map<String, LiveHealth> healths = new ConcurrentHashMap<>();

    static Standings get() {
        return ExtensionList.lookupSingleton(Standings.class);
    }

    static Path folder() {
        return Jenkins.get().getRootDir().toPath().resolve("proven-backup");
    }

    private static StateFiles files() {
        return new StateFiles(folder().resolve("policies"));
    }

    /** How a policy stands; its file is read when it is first asked for. */
    Standing of(String policy) {
        return standings.computeIfAbsent(policy, name -> Standing.of(files().load(name)));
    }

    /** All configured policies, in the order of the configuration. */
    Map<BackupPolicy, Standing> all() {
        Map<BackupPolicy, Standing> all = new LinkedHashMap<>();
        for (BackupPolicy policy : ProvenBackupConfiguration.get().getPolicies()) {
            all.put(policy, of(policy.getName()));
        }
        return all;
    }

    /** Alerts of all configured policies that are not over. */
    List<Alert> alerts() {
        List<Alert> alerts = new ArrayList<>();
        all().values()
                .forEach(standing -> alerts.addAll(standing.state().memory().open()));
        return alerts;
    }

    /** The health of the jobs that follow a policy; it changes as the policy's does. */
    LiveHealth health(String policy) {
        LiveHealth health = healths.computeIfAbsent(policy, LiveHealth::new);
        health.update(of(policy));
        return health;
    }

    /**
     * Changes what is known of a policy, keeps it, and tells whom it concerns.
     *
     * @param now when somebody looked
     */
    void change(String policy, Function<PolicyState, PolicyState.Change> how, Instant now) {
        PolicyState.Change[] changed = new PolicyState.Change[1];
        standings.compute(policy, (name, known) -> {
            Standing before = known == null ? Standing.of(files().load(name)) : known;
            PolicyState.Change change = how.apply(before.state());
            changed[0] = change;
            keep(change.state());
            return new Standing(change.state(), Optional.of(now));
        });
        health(policy);
        List<Notice> notices = new ArrayList<>();
        Step step = changed[0].step();
        step.raised().forEach(alert -> notices.add(notice(Notice.Event.RAISED, alert, changed[0], now)));
        step.cleared().forEach(alert -> notices.add(notice(Notice.Event.CLEARED, alert, changed[0], now)));
        notices.forEach(notice ->
                LOGGER.log(notice.event() == Notice.Event.RAISED ? Level.WARNING : Level.INFO, "{0} {1}", new Object[] {
                    notice.subject(), notice.alert().text()
                }));
        Outbox.get().add(notices);
    }

    private static Notice notice(Notice.Event event, Alert alert, PolicyState.Change change, Instant now) {
        return new Notice(event, Advice.inJenkins(alert, change.state()), now);
    }

    private static void keep(PolicyState state) {
        try {
            files().save(state);
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> "The history of policy " + state.history().policy() + " cannot be kept");
        }
    }
}
