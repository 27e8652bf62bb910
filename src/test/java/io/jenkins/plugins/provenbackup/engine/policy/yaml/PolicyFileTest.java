package io.jenkins.plugins.provenbackup.engine.policy.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.policy.CopyRule;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest {

    private static final String SMALLEST = """
            policy: shop
            sources:
              - name: shop
                paths: [/srv/shop]
            destinations:
              - location: /backup
            """;

    @Test
    void readsEverythingThatAPolicySays() throws Exception {
        Policy policy = PolicyFile.parse("""
                policy: shop
                sources:
                  - name: shop-files
                    paths: [/srv/shop]
                    excludes: ['*.tmp', '/cache/']
                    medium: ssd
                  - name: shop-db
                    kind: command
                    command: pg_dump shop
                destinations:
                  - name: nas
                    location: /mnt/nas/backup
                  - name: vault
                    location: sftp://backup@vault.example.org/shop
                    medium: cloud
                    offsite: true
                    immutable: true
                    retention: {daily: 30, monthly: 12, within: 2d}
                minCopies: 1
                kind: differential
                fullEvery: 30d
                schedule: "H 2 * * *"
                timeZone: Europe/Vienna
                retention: {daily: 7, weekly: 4}
                objectives:
                  rpo: 24h
                  rto: 30m
                  recoveryTest: 4w
                  copies: 3-2-1-1-0
                contacts:
                  - name: Night desk
                    role: restores
                    phone: "+43 1 5550100"
                    email: night@example.org
                notes: |
                  Stop the shop first.
                  Then restore.
                """, "policy.yaml");

        assertThat(policy.sources())
                .extracting(Policy.Source::name, Policy.Source::kind, Policy.Source::medium)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("shop-files", Policy.SourceKind.FILES, "ssd"),
                        org.assertj.core.groups.Tuple.tuple("shop-db", Policy.SourceKind.COMMAND, "disk"));
        assertThat(policy.sources().get(0).excludes()).containsExactly("*.tmp", "/cache/");
        assertThat(policy.sources().get(1).command()).isEqualTo("pg_dump shop");
        Policy.Destination vault = policy.destinations().get(1);
        assertThat(vault.location()).hasToString("sftp://backup@vault.example.org/shop");
        assertThat(vault.site()).isEqualTo(Policy.Site.OFFSITE);
        assertThat(vault.mutability()).isEqualTo(Policy.Mutability.IMMUTABLE);
        assertThat(vault.retention().monthly()).isEqualTo(12);
        assertThat(policy.destinations().get(0).retention().daily()).isEqualTo(7);
        assertThat(policy.minCopies()).isEqualTo(1);
        assertThat(policy.backups().kind()).isEqualTo(SnapshotKind.DIFFERENTIAL);
        assertThat(policy.backups().fullEvery()).contains(Duration.ofDays(30));
        assertThat(policy.backups().schedule()).contains("H 2 * * *");
        assertThat(policy.backups().zone()).isEqualTo(ZoneId.of("Europe/Vienna"));
        assertThat(policy.objectives().rpo()).contains(Duration.ofHours(24));
        assertThat(policy.objectives().rto()).contains(Duration.ofMinutes(30));
        assertThat(policy.objectives().recoveryTest()).contains(Duration.ofDays(28));
        assertThat(policy.objectives().copies()).contains(CopyRule.parse("3-2-1-1-0"));
        assertThat(policy.contacts()).extracting(Policy.Contact::phone).containsExactly("+43 1 5550100");
        assertThat(policy.notes()).isEqualTo("Stop the shop first.\nThen restore.\n");
    }

    @Test
    void theRestHasDefaults() throws Exception {
        Policy policy = PolicyFile.parse(SMALLEST, "policy.yaml");

        assertThat(policy.minCopies()).isEqualTo(1);
        assertThat(policy.destinations().get(0).name()).isEqualTo("/backup");
        assertThat(policy.destinations().get(0).retention().isEmpty()).isTrue();
        assertThat(policy.backups().kind()).isEqualTo(SnapshotKind.INCREMENTAL);
        assertThat(policy.backups().zone()).isEqualTo(ZoneOffset.UTC);
        assertThat(policy.objectives()).isEqualTo(Policy.Objectives.NONE);
    }

    /** What is appended to a good policy ({@code /} is a new line), and the message. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            retantion: {daily: 7}                | line 7: there is no key 'retantion' here: the keys are policy, sources,
            retention: {dayly: 7}                | line 7: there is no key 'dayly' here: the keys are last, hourly,
            retention: 7                         | line 7: 'retention' must be keys with values
            retention: {daily: seven}            | line 7: 'daily' must be a whole number, 0 or more, not 'seven'
            retention: {daily: -1}               | line 7: 'daily' must be a whole number, 0 or more, not '-1'
            retention: {daily: 99999999999}      | line 7: 'daily' is too large
            retention: {within: 7 days}          | line 7: 'within': '7 days' is no span of time: write like 36h
            objectives:/  rpo: tomorrow          | line 8: 'rpo': 'tomorrow' is no length of time: write like 90s, 30m
            objectives:/  rpo: 0h                | line 8: 'rpo': '0h' is no time at all
            objectives:/  rpo: 24                | line 8: 'rpo' must be a text, but 24 is a number in YAML: put it in quotes
            objectives:/  copies: 3-2            | line 8: 'copies': '3-2' is no rule for copies: write 3-2-1
            objectives:/  rpo:                   | line 8: 'rpo' has no value: give it a text, or delete the line
            minCopies: 2                         | line 1: minCopies is 1 to the number of destinations, which is 1
            minCopies: 0                         | line 7: 'minCopies' must be a whole number, 1 or more
            kind: sometimes                      | line 7: 'kind' is one of full, incremental, differential, not 'sometimes'
            timeZone: Mars/Olympus               | line 7: 'Mars/Olympus' is no time zone: write like Europe/Vienna
            contacts: [{name: 17}]               | line 7: 'name' must be a text, but 17 is a number in YAML
            contacts: [{phone: "1"}]             | line 7: the key 'name' is missing
            contacts: somebody                   | line 7: 'contacts' must be a list
            policy: again                        | line 7: 'policy' is there twice: keep one
            notes: [a                            | line 7: this is not YAML
            notes: !!java.net.URL [x]            | line 7: 'notes' must be a text, not a list
            notes: !!java.io.File "x"            | line 7: 'notes' must be a text, but x is of type tag:yaml.org,2002:java.io.File
            notes: *nowhere                      | line 7: this is not YAML
            """)
    void whatIsWrongIsOneErrorWithItsLine(String appended, String message) {
        assertThatThrownBy(() -> PolicyFile.parse(SMALLEST + appended.replace("/  ", "\n  "), "policy.yaml"))
                .isInstanceOf(PolicyFileException.class)
                .hasMessageStartingWith("policy.yaml, " + message);
    }

    /** One line of the good policy, replaced. */
    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            policy: shop          | policy: ""                       | line 1: 'policy' must be one line that is not empty
            policy: shop          | x: 1                             | line 1: there is no key 'x' here
            - location: /backup   | - location: backup               | line 6: 'backup' depends on where the command runs
            - location: /backup   | - location: sftp://u:secret@h/p  | line 6: The sftp URI of host h contains a password
            - location: /backup   | - {location: /b, offsite: 1}     | line 6: 'offsite' must be true or false, not '1'
            - location: /backup   | - {location: /b, offsite: yes}   | line 6: 'offsite' must be true or false, not 'yes'
            - location: /backup   | - {medium: tape}                 | line 6: the key 'location' is missing
            paths: [/srv/shop]    | paths: /srv/shop                 | line 4: 'paths' must be a list
            paths: [/srv/shop]    | paths: []                        | line 3: a source of files needs 'paths'
            paths: [/srv/shop]    | kind: command                    | line 3: a source of kind command needs 'command'
            paths: [/srv/shop]    | command: date                    | line 3: a source of files needs 'paths'
            paths: [/srv/shop]    | paths: [/a, [/b]]                | line 4: 'paths' must be a text, not a list
            """)
    void whatIsWrongFurtherUpToo(String line, String replacement, String message) {
        assertThatThrownBy(() -> PolicyFile.parse(SMALLEST.replace(line, replacement), "policy.yaml"))
                .isInstanceOf(PolicyFileException.class)
                .hasMessageStartingWith("policy.yaml, " + message)
                .hasMessageNotContaining("secret");
    }

    @Test
    void twoDestinationsOfOneNameAreRefused() {
        assertThatThrownBy(() -> PolicyFile.parse(SMALLEST + "  - location: /backup\n", "policy.yaml"))
                .hasMessage("policy.yaml, line 1: two destinations are named '/backup': give one another name");
    }

    @Test
    void anEmptyFileIsToldWhatItNeeds() {
        assertThatThrownBy(() -> PolicyFile.parse("# nothing\n", "policy.yaml"))
                .hasMessageContaining("the file is empty: it needs 'policy'");
    }

    @Test
    void aLargeFileIsNotEvenParsed(@TempDir Path scratch) throws IOException {
        Path file = Files.writeString(scratch.resolve("large.yaml"), "#".repeat(PolicyFile.LARGEST + 1));

        assertThatThrownBy(() -> PolicyFile.read(file)).hasMessageContaining("at most 256 KiB");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> PolicyFile.read(Path.of("/nowhere/policy.yaml")))
                .hasMessage("/nowhere/policy.yaml: there is no such file");
    }

    @Test
    void nestedAliasesCostNothing() {
        String laughs = "x: &a [l, l, l, l, l, l, l, l, l]\n";
        for (char c = 'b'; c < 'k'; c++) {
            char before = (char) (c - 1);
            laughs += "y" + c + ": &" + c + " [" + ("*" + before + ", ").repeat(8) + "*" + before + "]\n";
        }
        String policy = SMALLEST + laughs;

        assertThatThrownBy(() -> PolicyFile.parse(policy, "policy.yaml"))
                .hasMessageContaining("exceeds the specified max");
    }
}
