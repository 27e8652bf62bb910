package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation.Amounts;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation.DestinationSeen;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation.PointSeen;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation.SourceSeen;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation.TestSeen;
import io.jenkins.plugins.provenbackup.engine.policy.Compliance;
import io.jenkins.plugins.provenbackup.engine.policy.Control;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.configuration.WorkspaceSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.htmlunit.Page;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Two hundred policies: 10,000 recovery points over all of them, and 10,000 more of one alone. No page gets slow or long. */
@WithJenkins
class ManyPoliciesTest {

    private static final int POLICIES = 200;
    private static final int POINTS = 50;
    private static final int POINTS_OF_ONE = 10_000;
    private static final Duration SLOW = Duration.ofSeconds(3);
    private static final int LONG = 2_000_000;

    private final Instant now = Instant.now();

    @Test
    void noPageIsSlow(JenkinsRule jenkins) throws Exception {
        ProvenBackupConfiguration configuration = ProvenBackupConfiguration.get();
        List<BackupPolicy> policies = new ArrayList<>();
        for (int i = 0; i < POLICIES; i++) {
            BackupPolicy policy = new BackupPolicy("policy-" + i);
            policy.setSources(List.of(new WorkspaceSource("data")));
            policy.setDestinations(List.of(new PolicyDestination("nas")));
            policies.add(policy);
        }
        configuration.setPolicies(policies);
        for (int i = 0; i < POLICIES; i++) {
            Observation seen = seen("policy-" + i, i == 7 ? POINTS_OF_ONE : POINTS);
            Standings.get().change("policy-" + i, state -> state.after(seen), now);
        }
        JenkinsRule.WebClient browser = jenkins.createWebClient();
        browser.getOptions().setJavaScriptEnabled(false);

        fetch(browser, "proven-backup/");
        for (String path : List.of(
                "proven-backup/",
                "proven-backup/policy/policy-7/",
                "proven-backup/policy/policy-7/report",
                "proven-backup/prometheus",
                "manage/")) {
            long begin = System.nanoTime();
            Page page = fetch(browser, path);
            Duration time = Duration.ofNanos(System.nanoTime() - begin);
            int length = page.getWebResponse().getContentAsString().length();
            System.out.printf("%-40s %5d ms %8d characters%n", path, time.toMillis(), length);
            assertThat(time).as(path).isLessThan(SLOW);
            assertThat(length).as(path).isLessThan(LONG);
        }
        assertThat(fetch(browser, "proven-backup/").getWebResponse().getContentAsString())
                .contains("policy-0", "policy-199", "50 recovery points");
        assertThat(fetch(browser, "proven-backup/policy/policy-7/")
                        .getWebResponse()
                        .getContentAsString())
                .contains("10,000");
    }

    /** The files that are read when somebody opens the dashboard after a restart. */
    @Test
    void theFirstPageAfterARestartIsNotSlow(JenkinsRule jenkins) {
        List<BackupPolicy> policies = new ArrayList<>();
        for (int i = 0; i < POLICIES; i++) {
            policies.add(new BackupPolicy("policy-" + i));
            Observation seen = seen("policy-" + i, POINTS);
            Standings.get().change("policy-" + i, state -> state.after(seen), now);
        }
        ProvenBackupConfiguration.get().setPolicies(policies);
        Standings fresh = new Standings();

        long begin = System.nanoTime();
        assertThat(fresh.all()).hasSize(POLICIES);
        Duration time = Duration.ofNanos(System.nanoTime() - begin);

        System.out.printf("%d files of policies read in %d ms%n", POLICIES, time.toMillis());
        assertThat(fresh.of("policy-3")
                        .state()
                        .last()
                        .orElseThrow()
                        .sources()
                        .get(0)
                        .points())
                .hasSize(POINTS);
        assertThat(time).isLessThan(SLOW);
    }

    private static Page fetch(JenkinsRule.WebClient browser, String path) throws Exception {
        return browser.goTo(path, null);
    }

    private Observation seen(String policy, int points) {
        List<PointSeen> all = new ArrayList<>();
        for (int i = points; i > 0; i--) {
            all.add(new PointSeen(
                    String.format("%064x", i),
                    now.minus(Duration.ofHours(i)),
                    i % 24 == 0 ? SnapshotKind.FULL : SnapshotKind.INCREMENTAL,
                    new Amounts(100_000, 5_000_000_000L, 100, 1_000_000, 300_000),
                    Set.of("nas"),
                    Set.of("nas")));
        }
        List<TestSeen> tests = List.of(
                new TestSeen(String.format("%064x", 1), now.minus(Duration.ofDays(1)), Duration.ofMinutes(3), 0, ""));
        String source = policy + "/data";
        Control rpo = new Control(
                Control.Kind.RPO,
                Optional.of(source),
                "at most 24 h old",
                "1 h old",
                Control.Verdict.MET,
                "",
                Optional.of(new Control.Measure(3_600, 86_400, Control.Unit.SECONDS)));
        return new Observation(
                new Compliance(policy, now, List.of(rpo)),
                List.of(new SourceSeen(source, all, tests, List.of())),
                List.of(new DestinationSeen(
                        "nas", Optional.empty(), 50_000_000_000L, 0, OptionalLong.of(500_000_000_000L), Set.of())),
                List.of());
    }
}
