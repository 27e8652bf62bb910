package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.jenkins.plugins.provenbackup.engine.alerts.Alert;
import io.jenkins.plugins.provenbackup.engine.alerts.Notice;
import io.jenkins.plugins.provenbackup.engine.alerts.PolicyState;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation;
import io.jenkins.plugins.provenbackup.engine.policy.Compliance;
import io.jenkins.plugins.provenbackup.engine.policy.Facts;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.policy.RetentionRules;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The webhook's body as the guide shows it is what is sent when that happens. */
class WebhookExampleTest {

    private static final Path GUIDE = Path.of("docs/jenkins.md");
    private static final Path HELP = Path.of(
            "src/main/resources/io/jenkins/plugins/provenbackup/jenkins/dashboard/AlertConfiguration/help-webhookUrl.html");
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    @Test
    void theGuideShowsWhatIsSent() throws Exception {
        PolicyState.Change change = PolicyState.none("shop").after(aBackupThatIsLate());
        Alert alert = Advice.inJenkins(change.step().raised().get(0), change.state());

        String sent =
                new Notice(Notice.Event.RAISED, alert, NOW).body("https://jenkins.example/proven-backup/policy/shop/");

        Map<String, Object> members = JSON.std.mapFrom(sent);
        assertThat(List.copyOf(JSON.std.mapFrom(example()).entrySet())).containsExactlyElementsOf(members.entrySet());
        assertThat(Files.readString(HELP))
                .contains(members.keySet().stream()
                        .map(name -> "<code>" + name + "</code>")
                        .toList());
    }

    private static String example() throws Exception {
        String guide = Files.readString(GUIDE);
        int begin = guide.indexOf("```json\n", guide.indexOf("**The webhook**")) + "```json\n".length();
        return guide.substring(begin, guide.indexOf("```", begin));
    }

    private static Observation aBackupThatIsLate() throws Exception {
        Policy policy = new Policy(
                "shop",
                List.of(new Policy.Source(
                        "shop/db", Policy.SourceKind.FILES, List.of("db"), List.of(), "", List.of(), "disk")),
                List.of(new Policy.Destination(
                        "nas",
                        StorageLocation.parse("sftp://backup@nas.example/srv"),
                        "disk",
                        Policy.Site.ONSITE,
                        Policy.Mutability.MUTABLE,
                        RetentionRules.NONE)),
                1,
                new Policy.Backups(SnapshotKind.INCREMENTAL, Optional.empty(), Optional.empty(), ZoneOffset.UTC),
                new Policy.Objectives(
                        Optional.of(Duration.ofHours(24)), Optional.empty(), Optional.empty(), Optional.empty()),
                List.of(),
                "");
        Facts.SnapshotFact snapshot = new Facts.SnapshotFact(
                new SnapshotId("ab".repeat(32)),
                NOW.minus(Duration.ofHours(30)),
                SnapshotKind.FULL,
                List.of("db"),
                0,
                Set.of("nas"),
                Set.of("nas"),
                Set.of(),
                Facts.Keep.BY_RULES);
        Facts facts = new Facts(
                Map.of(),
                Map.of("shop/db", new Facts.SourceFacts(List.of(snapshot), List.of(), List.of())),
                Set.of(),
                Facts.View.ALL_SOURCES);
        return new Observation(
                Compliance.evaluate(policy, facts, NOW),
                List.of(new Observation.SourceSeen("shop/db", List.of(), List.of(), List.of())),
                List.of(new Observation.DestinationSeen("nas", Optional.empty(), 0, 0, OptionalLong.empty(), Set.of())),
                List.of());
    }
}
