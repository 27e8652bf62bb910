package io.jenkins.plugins.provenbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.cli.Shell.Outcome;
import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.OpenDestinations;
import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.crypto.KeyFile;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.testing.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy on the command line: backup, test, check, forget and the runbook all follow one file. */
class PolicyCommandsTest {

    @TempDir
    static Path template;

    @TempDir
    Path scratch;

    private Shell shell;
    private Path near;
    private Path far;
    private Path data;
    private String policy;

    /** Once, with a key file: passphrases are slow on purpose. */
    @BeforeAll
    static void aRepositoryToCopy() throws Exception {
        Path place = template.resolve("repository");
        Shell shell = new Shell(template).with(Secrets.PASSWORD, "correct horse");
        assertThat(shell.run("init", "-r", place.toString()).status()).isZero();
        try (Destinations destinations = OpenDestinations.run(
                        OpenRequest.of(List.of(StorageLocation.of(place)), StorageOptions.defaults()));
                RecoveryKey key = destinations.unlock("correct horse".toCharArray())) {
            KeyFile.write(template.resolve("recovery.key"), key);
        }
    }

    @BeforeEach
    void aPolicyWithTwoDestinations() throws Exception {
        near = scratch.resolve("near");
        far = scratch.resolve("far");
        data = Files.createDirectories(scratch.resolve("data/sub")).getParent();
        Files.writeString(data.resolve("a.txt"), "one");
        Files.writeString(data.resolve("sub/b.txt"), "two");
        Files.writeString(data.resolve("sub/noise.tmp"), "noise");
        shell = new Shell(scratch)
                .with(Opening.KEY_FILE, template.resolve("recovery.key").toString());
        policy = Files.writeString(scratch.resolve("shop.yaml"), """
                        policy: shop
                        sources:
                          - name: secret-shop
                            paths: [%s]
                            excludes: ['*.tmp']
                        destinations:
                          - {name: near, location: %s, retention: {last: 1}}
                          - {name: far, location: %s, medium: tape, offsite: true, immutable: true, retention: {last: 2}}
                        fullEvery: 30d
                        objectives: {rpo: 24h, rto: 30m, recoveryTest: 30d, copies: 3-2-1-1-0}
                        contacts: [{name: Night desk, phone: "+43 1 5550100"}]
                        """.formatted(data, near, far))
                .toString();
        for (Path place : List.of(near, far)) {
            assertThat(Command.run("cp", "-r", template.resolve("repository").toString(), place.toString())
                            .status())
                    .isZero();
        }
    }

    @Test
    void aPolicyIsMetOnceItsBackupWasMadeAndTested() throws IOException {
        Outcome before = check();
        assertThat(before.status()).isEqualTo(4);
        assertThat(before.json()).containsEntry("exitStatus", 4);
        assertThat(verdicts(before)).containsEntry("rpo", "missed").containsEntry("rto", "unknown");

        Outcome backup = shell.run("backup", "-f", policy, "--json");
        assertThat(backup.status()).as(backup.err()).isZero();
        assertThat(backup.json())
                .containsEntry("source", "secret-shop")
                .containsEntry("kind", "full")
                .containsEntry("copies", 2);
        assertThat(shell.run("ls", "-r", near.toString(), "latest").out())
                .contains("b.txt")
                .doesNotContain("noise.tmp");
        assertThat(verdicts(check())).containsEntry("rpo", "met").containsEntry("recovery-test", "missed");

        Outcome test = shell.run("test", "-f", policy, "--scratch", path("scratch"), "--check", "test -s a.txt");
        assertThat(test.status()).as(test.err()).isZero();
        assertThat(test.out()).contains("passed", "2 files");
        assertThat(scratch.resolve("scratch")).isEmptyDirectory();

        Outcome after = shell.run("policy", "check", "-f", policy);
        assertThat(after.status()).as(after.out()).isZero();
        assertThat(after.out())
                .contains("policy shop  met", "recovery time (RTO)", "measured")
                .doesNotContain("missed", "unknown", "what to do");
    }

    @Test
    void aSecondBackupIsWhatThePolicySaysAndTheTypeOnTheCommandLineWins() throws IOException {
        backup();
        assertThat(shell.run("backup", "-f", policy, "--json").json()).containsEntry("kind", "incremental");
        assertThat(shell.run("backup", "-f", policy, "--json", "--type", "full").json())
                .containsEntry("kind", "full");
    }

    @Test
    void aFailedTestIsKeptAndMissesThePolicy() throws IOException {
        backup();
        Outcome test = shell.run("test", "-f", policy, "--scratch", path("scratch"), "--check", "exit 7", "--json");
        assertThat(test.status()).isEqualTo(4);
        Map<?, ?> one = (Map<?, ?>) ((List<?>) test.json().get("tests")).get(0);
        assertThat(one.get("passed")).isEqualTo(false);
        assertThat(one.get("problems")).isEqualTo(List.of("check 'exit 7': ended with status 7"));

        assertThat(verdicts(check()))
                .containsEntry("recovery-test", "missed")
                .containsEntry("errors", "missed")
                .containsEntry("rto", "unknown");
    }

    @Test
    void aTestReadsFromOneDestinationWhereThatIsAskedFor() throws IOException {
        backup();
        Outcome named = shell.run("test", "-f", policy, "--scratch", path("s"), "--from", "far", "--json");
        Map<?, ?> one = (Map<?, ?>) ((List<?>) named.json().get("tests")).get(0);
        assertThat(one.get("from")).isEqualTo(List.of(far.toRealPath().toString()));
        assertThat((List<?>) one.get("recorded")).hasSize(2);

        Outcome plain = shell.run("test", "-r", near.toString(), "--scratch", path("s"), "latest");
        assertThat(plain.status()).as(plain.err()).isZero();
        Outcome nowhere = shell.run("test", "-f", policy, "--scratch", path("s"), "--from", "moon");
        assertThat(nowhere.status()).isEqualTo(2);
        assertThat(nowhere.err()).contains("--from moon is none of the destinations", "near, far");
    }

    @Test
    void aBackupKeyChecksThePolicyAndASourceKeySeesOnlyItsOwn() throws IOException {
        backup();
        assertThat(shell.run("test", "-f", policy, "--scratch", path("s")).status())
                .isZero();
        shell.run("key", "export-backup-key", "-r", near.toString(), path("all.key"));
        shell.run("key", "export-backup-key", "-r", near.toString(), "--source", "secret-shop", path("one.key"));

        assertThat(shell.run("policy", "check", "-f", policy, "--key-file", path("all.key"))
                        .status())
                .isZero();
        Outcome narrow = shell.run("policy", "check", "-f", policy, "--key-file", path("one.key"), "--json");
        assertThat(narrow.status()).isEqualTo(4);
        assertThat(verdicts(narrow)).containsEntry("drift", "unknown").containsEntry("rto", "met");
        Outcome test = shell.run("test", "-f", policy, "--scratch", path("s"), "--key-file", path("all.key"));
        assertThat(test.status()).isEqualTo(1);
        assertThat(test.err()).contains("cannot read content");
    }

    @Test
    void aSourceThatNoPolicyNamesIsDriftUntilAnotherPolicyCoversIt() throws IOException {
        backup();
        shell.run("test", "-f", policy, "--scratch", path("s"));
        shell.run("backup", "-r", near.toString(), "-r", far.toString(), "--source", "stray", data.toString());
        String other = Files.writeString(
                        scratch.resolve("other.yaml"),
                        "policy: other\nsources: [{name: stray, paths: [%s]}]\ndestinations: [{location: %s}]\n"
                                .formatted(data, near))
                .toString();

        Outcome alone = shell.run("policy", "check", "-f", policy);
        assertThat(alone.status()).isEqualTo(4);
        assertThat(alone.out()).contains("'stray' is in no policy");
        Outcome both = shell.run("policy", "check", "-f", policy, "-f", other);
        assertThat(both.status()).as(both.out()).isZero();
        assertThat(both.out()).contains("policy shop  met", "policy other  met");
    }

    @Test
    void aLostDestinationIsMissedAndTheRestIsStillJudged() throws IOException {
        backup();
        Files.move(far, scratch.resolve("gone"));

        Outcome check = check();

        assertThat(check.status()).isEqualTo(4);
        assertThat(verdicts(check))
                .containsEntry("reachable", "missed")
                .containsEntry("rpo", "unknown")
                .containsEntry("offsite", "unknown");
        assertThat(check.err()).contains("is left out");
    }

    @Test
    void eachDestinationKeepsWhatThePolicyKeepsThereAndTheNewestFullOne() throws IOException {
        backup();
        backup();
        backup();
        backup();
        Outcome forget = shell.run("forget", "-f", policy);

        assertThat(forget.status()).as(forget.err()).isZero();
        assertThat(forget.out()).contains("newest full one");
        assertThat(snapshotsAt(near)).hasSize(2);
        assertThat(snapshotsAt(far)).hasSize(3);
        assertThat(verdicts(check())).containsEntry("full-every", "met").containsEntry("removed", "met");
        assertThat(shell.run("backup", "-f", policy, "--json").json()).containsEntry("kind", "incremental");
    }

    @Test
    void everyDestinationTellsHowToRecoverAndNoSecret() throws IOException {
        Files.delete(near.resolve("RECOVERY.md"));
        shell.run("backup", "-r", near.toString(), data.toString());
        assertThat(near.resolve("RECOVERY.md"))
                .content()
                .contains("export PROVEN_BACKUP_REPOSITORY=" + near.toRealPath() + "\n");
        backup();
        for (Path place : List.of(near, far)) {
            assertThat(place.resolve("RECOVERY.md"))
                    .content()
                    .contains("Night desk", "This one is `" + place.getFileName() + "`")
                    .doesNotContain("secret-shop", data.toString(), "correct horse", "restored everything");
        }
        shell.run("test", "-f", policy, "--scratch", path("s"));
        assertThat(far.resolve("RECOVERY.md")).content().contains("restored everything in");
        String before = Files.readString(far.resolve("RECOVERY.md"));
        shell.run("backup", "-r", near.toString(), "-r", far.toString(), data.toString());
        assertThat(far.resolve("RECOVERY.md")).hasContent(before);
    }

    @Test
    void aPageThatCannotBeWrittenHarmsNoBackup() throws IOException {
        Files.delete(near.resolve("RECOVERY.md"));
        Files.createDirectories(near.resolve("RECOVERY.md/in the way"));

        Outcome backup = shell.run("backup", "-f", policy);

        assertThat(backup.status()).as(backup.err()).isZero();
        assertThat(backup.err()).contains("RECOVERY.md at", "which harms no backup");
    }

    @Test
    void theRunbookIsWrittenInBothFormatsAndWithoutLooking() throws IOException {
        backup();
        Outcome markdown = shell.run("runbook", "-f", policy);
        assertThat(markdown.status()).as(markdown.err()).isZero();
        assertThat(markdown.out())
                .contains("# Runbook: shop", "Night desk", "`secret-shop`", "restore latest:secret-shop --target");

        Outcome html = shell.run("runbook", "-f", policy, "--format", "html", "--output", path("runbook.html"));
        assertThat(html.status()).isZero();
        assertThat(scratch.resolve("runbook.html")).content().startsWith("<!DOCTYPE html>");

        Files.move(near, scratch.resolve("gone"));
        Files.move(far, scratch.resolve("gone too"));
        assertThat(shell.run("runbook", "-f", policy, "--offline").out()).contains("nobody looked");
        assertThat(shell.run("runbook", "-f", policy, "--format", "pdf").status())
                .isEqualTo(2);
    }

    @Test
    void mistakesAreUsageErrorsOrNameTheLine() throws IOException {
        assertThat(shell.run("policy", "check", "-f", policy, "-r", near.toString())
                        .err())
                .contains("The policy names its destinations: leave out -r.");
        assertThat(shell.run("backup", "-f", policy, data.toString()).status()).isEqualTo(2);
        assertThat(shell.run("backup", "-f", policy, "--source", "moon").err())
                .contains("The policy has no source 'moon'; it has secret-shop.");
        assertThat(shell.run("forget", "-f", policy, "--keep-last", "1").status())
                .isEqualTo(2);
        Files.writeString(Path.of(policy), "retantion: 1\n", java.nio.file.StandardOpenOption.APPEND);
        Outcome wrong = shell.run("policy", "check", "-f", policy);
        assertThat(wrong.status()).isEqualTo(1);
        assertThat(wrong.err()).contains("shop.yaml, line 12: there is no key 'retantion' here");
        assertThat(shell.run("policy").status()).isEqualTo(2);
    }

    private void backup() {
        Outcome backup = shell.run("backup", "-f", policy);
        assertThat(backup.status()).as(backup.err()).isZero();
    }

    private Outcome check() {
        return shell.run("policy", "check", "-f", policy, "--json");
    }

    /** By control the worst verdict. */
    private static Map<String, String> verdicts(Outcome check) throws IOException {
        List<Map<?, ?>> controls = new ArrayList<>();
        for (Object one : (List<?>) check.json().get("policies")) {
            ((List<?>) ((Map<?, ?>) one).get("controls")).forEach(control -> controls.add((Map<?, ?>) control));
        }
        return controls.stream()
                .collect(Collectors.toMap(
                        control -> (String) control.get("control"),
                        control -> (String) control.get("verdict"),
                        (a, b) -> a.equals("met") ? b : a));
    }

    private List<?> snapshotsAt(Path place) throws IOException {
        return (List<?>)
                shell.run("snapshots", "-r", place.toString(), "--json").json().get("snapshots");
    }

    private String path(String name) {
        return scratch.resolve(name).toString();
    }
}
