package io.jenkins.plugins.provenbackup.engine.policy.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.policy.Compliance;
import io.jenkins.plugins.provenbackup.engine.policy.Facts;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.policy.yaml.PolicyFile;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunbookTest {

    private static final Instant NOW = Instant.parse("2026-06-30T12:00:00Z");
    private static final Tool TOOL = new Tool("proven-backup-cli.jar", "1.2.3");

    private Policy policy;
    private Facts facts;

    @BeforeEach
    void aPolicyAndFacts() throws Exception {
        policy = PolicyFile.parse("""
                policy: shop
                sources:
                  - name: shop db
                    kind: command
                    command: pg_dump shop | grep -v '<tmp>'
                  - name: shop-files
                    paths: [/srv/shop]
                    excludes: ['*.tmp']
                destinations:
                  - name: nas
                    location: /mnt/the nas/backup
                  - name: vault
                    location: sftp://backup@vault.example.org/shop
                    medium: cloud
                    offsite: true
                    retention: {daily: 7}
                timeZone: Europe/Vienna
                objectives: {rpo: 24h, rto: 30m}
                contacts:
                  - {name: "A|B <Ops>", phone: "+43 1 5550100"}
                notes: |
                  Stop the shop.
                  ```
                  not the end
                """, "policy.yaml");
        SnapshotId id = new SnapshotId("ab".repeat(32));
        Facts.SourceFacts seen = new Facts.SourceFacts(
                List.of(new Facts.SnapshotFact(
                        id,
                        NOW.minus(Duration.ofHours(3)),
                        SnapshotKind.FULL,
                        List.of("/srv/shop"),
                        0,
                        Set.of("nas"),
                        Set.of("nas"),
                        Set.of(),
                        Facts.Keep.BY_RULES)),
                List.of(new Facts.TestFact(
                        id, NOW.minus(Duration.ofDays(2)), Duration.ofMinutes(12), 0, Optional.empty())),
                List.of());
        facts = new Facts(Map.of(), Map.of("shop-files", seen, "shop db", seen), Set.of(), Facts.View.ALL_SOURCES);
    }

    @Test
    void saysWhatIsProtectedWhereWhoToCallAndHowLongItTook() {
        String text = runbook().markdown();

        assertThat(text)
                .startsWith("# Runbook: shop\n")
                .contains("| A\\|B \\<Ops> |  | +43 1 5550100 |  |")
                .contains("| `shop-files` | `/srv/shop` without `*.tmp` | 2026-06-30 11:00 CEST, `abababab` |"
                        + " 12 min, on 2026-06-28 14:00 CEST |")
                .contains("| vault | `sftp://backup@vault.example.org/shop` | cloud | offsite | no |")
                .contains("- `vault`: 7 daily")
                .contains("| recovery time (RTO), shop-files | at most 30 min | 12 min, measured 2 d ago | met |");
    }

    @Test
    void itsCommandsAreQuotedForTheShell() {
        assertThat(runbook().markdown())
                .contains("export PROVEN_BACKUP_REPOSITORY='/mnt/the nas/backup'\n")
                .contains("java -jar proven-backup-cli.jar restore 'latest:shop db' --target restored/shop-db\n")
                .contains("java -jar proven-backup-cli.jar restore latest:shop-files --target restored/shop-files\n");
        assertThat(Tool.quoted("it's; rm -rf $HOME")).isEqualTo("'it'\\''s; rm -rf $HOME'");
    }

    @Test
    void foreignTextCannotEndItsBlock() {
        assertThat(runbook().markdown()).endsWith("````text\nStop the shop.\n```\nnot the end\n````\n");
    }

    @Test
    void theHtmlPageNeedsNothingElseAndEscapesEverything() {
        String html = runbook().html();

        assertThat(html)
                .startsWith("<!DOCTYPE html>")
                .contains("prefers-color-scheme: dark", "@media print", "<html lang=\"en\">")
                .contains("<td>A|B &lt;Ops&gt;</td>", "grep -v '&lt;tmp&gt;'")
                .doesNotContain("<script", "http://", "https://", " src=", "<tmp>");
    }

    @Test
    void namesTheDestinationThatAnswers() {
        Facts silent = new Facts(Map.of("nas", "no route"), facts.sources(), Set.of(), Facts.View.ALL_SOURCES);

        String text = Runbook.of(
                        policy,
                        Optional.of(new Runbook.Seen(silent, Compliance.evaluate(policy, silent, NOW))),
                        NOW,
                        TOOL)
                .markdown();

        assertThat(text)
                .contains("export PROVEN_BACKUP_REPOSITORY=sftp://backup@vault.example.org/shop\n")
                .contains("It did not answer: no route", "--sftp-key", "known\\_hosts".replace("\\", ""));
    }

    @Test
    void withoutALookItSaysWhatWasPromised() {
        String text = Runbook.of(policy, Optional.empty(), NOW, TOOL).markdown();

        assertThat(text)
                .contains("nobody looked at the destinations")
                .contains("| recovery point (RPO) | at most 24 h old |  |  |")
                .contains("not looked at");
    }

    @Test
    void thePageAtADestinationHoldsNoNameOrPathOfASourceAndNoNotes() {
        String text = RecoveryText.of(policy, policy.destinations().get(1), facts, TOOL)
                .markdown();

        assertThat(text)
                .contains("This one is `vault`.", "A\\|B", "nas", "restored everything in 24 min")
                .contains("export PROVEN_BACKUP_REPOSITORY=sftp://backup@vault.example.org/shop\n")
                .contains("restore latest --target restored")
                .doesNotContain("shop-files", "shop db", "/srv", "pg_dump", "*.tmp", "Stop the shop", "abababab");
    }

    @Test
    void theGeneralPageSaysNothingThatChanges() {
        StorageLocation place = StorageLocation.of(Path.of("/backup"));

        assertThat(RecoveryText.general(place, TOOL).markdown())
                .isEqualTo(RecoveryText.general(place, TOOL).markdown())
                .contains("export PROVEN_BACKUP_REPOSITORY=/backup\n")
                .doesNotContain("2026");
    }

    private Document runbook() {
        return Runbook.of(
                policy, Optional.of(new Runbook.Seen(facts, Compliance.evaluate(policy, facts, NOW))), NOW, TOOL);
    }
}
