package io.jenkins.plugins.provenbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.jenkins.plugins.provenbackup.cli.Shell.Outcome;
import io.jenkins.plugins.provenbackup.format.reader.RepositoryReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Personal keys, escrow, paper and rotation, as a user types them. */
class KeyCommandsTest {

    @TempDir
    Path scratch;

    private Shell shell;
    private String near;
    private String far;
    private Path data;

    @BeforeEach
    void aRepositoryAtTwoPlaces() throws IOException {
        near = scratch.resolve("near").toString();
        far = scratch.resolve("far").toString();
        data = Files.createDirectories(scratch.resolve("data"));
        Files.writeString(data.resolve("a.txt"), "one\n");
        shell = new Shell(scratch.resolve("home"))
                .with(Secrets.PASSWORD, "first")
                .with(GlobalOptions.REPOSITORY, near + "\n" + far);
        assertThat(shell.run("init").status()).isZero();
        assertThat(backup().status()).isZero();
    }

    private Outcome backup() {
        return shell.run("backup", "--source", "shop", data.toString());
    }

    /** Somebody else's machine. */
    private Shell other(String name) {
        return new Shell(scratch.resolve(name)).with(GlobalOptions.REPOSITORY, near + "\n" + far);
    }

    @Test
    void aPersonalKeyOpensTheRepositoryOnceItsFingerprintIsConfirmed() throws IOException {
        String file = scratch.resolve("anna.key").toString();
        Outcome made = other("anna").run("key", "new-personal", file, "--plain", "--label", "anna");
        assertThat(made.status()).as(made.err()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(file))))
                .isEqualTo("rw-------");
        Outcome added = shell.run("key", "add", "--recipient", file + ".pub", "--json");
        assertThat(added.json()).containsEntry("kind", "personal");
        String fingerprint = (String) added.json().get("fingerprint");
        assertThat(shell.run("key", "fingerprint").out().strip()).isEqualTo(fingerprint);

        Shell anna = other("anna").with(Opening.KEY_FILE, file);
        Outcome unknown = anna.run("snapshots");
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.err()).contains(fingerprint, "--fingerprint");
        assertThat(anna.typing("no").run("snapshots").status()).isEqualTo(1);
        assertThat(anna.typing("yes").run("snapshots").status()).isZero();
        assertThat(other("anna")
                        .with(Opening.KEY_FILE, file)
                        .run("cat", "latest", "a.txt")
                        .out())
                .as("remembered")
                .isEqualTo("one\n");
        Outcome given = other("third")
                .with(Opening.KEY_FILE, file)
                .with(OwnerCheck.FINGERPRINT, fingerprint)
                .run("snapshots");
        assertThat(given.status()).as(given.err()).isZero();
        Outcome wrong = other("fourth")
                .with(Opening.KEY_FILE, file)
                .run("snapshots", "--fingerprint", "0123-4567-89ab-cdef-0123-4567-89ab-cdef");
        assertThat(wrong.status()).isEqualTo(1);
        assertThat(wrong.err()).contains("you mistyped");
        RepositoryReader.withPersonalKey(Path.of(far), Files.readString(Path.of(file)), "")
                .restoreNewest("shop", scratch.resolve("second"));
        assertThat(scratch.resolve("second/a.txt")).hasContent("one\n");
    }

    @Test
    void aFalseRepositoryAroundTheSameKeyIsRefused() throws IOException {
        String file = scratch.resolve("anna.key").toString();
        other("anna").run("key", "new-personal", file, "--plain");
        String fingerprint = (String) shell.run("key", "add", "--recipient", file + ".pub", "--json")
                .json()
                .get("fingerprint");
        String trap = scratch.resolve("trap").toString();
        Shell attacker = new Shell(scratch.resolve("attacker"))
                .with(Secrets.PASSWORD, "trap")
                .with(GlobalOptions.REPOSITORY, trap);
        attacker.run("init");
        assertThat(attacker.run("key", "add", "--recipient", file + ".pub").status())
                .isZero();
        Outcome refused = other("anna")
                .with(Opening.KEY_FILE, file)
                .run("backup", "-r", trap, "--fingerprint", fingerprint, data.toString());
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("somebody else made it");
        assertThat(Path.of(trap, "runs")).doesNotExist();
    }

    @Test
    void aPersonalKeyMayHaveAPassphraseOfItsOwnAndBeInEscrow() throws IOException {
        String file = scratch.resolve("notary.key").toString();
        other("notary").with(Secrets.NEW_PASSWORD, "sealed").run("key", "new-personal", file, "--label", "notary");
        Outcome added = shell.run("key", "add", "--recipient", file + ".pub", "--escrow", "--label", "Notary & Sons");
        assertThat(added.out()).contains("'Notary & Sons' (escrow)");
        assertThat(shell.run("key", "list").out()).contains("escrow", "Notary & Sons", "passphrase", "current");
        Shell notary = other("notary")
                .with(Opening.KEY_FILE, file)
                .with(
                        OwnerCheck.FINGERPRINT,
                        shell.run("key", "fingerprint").out().strip());
        assertThat(notary.with(Secrets.PASSWORD, "unsealed").run("snapshots").status())
                .isEqualTo(1);
        assertThat(notary.with(Secrets.PASSWORD, "sealed").run("snapshots").status())
                .isZero();
    }

    @Test
    void aPrivateFileIsNoRecipient() {
        String file = scratch.resolve("anna.key").toString();
        other("anna").run("key", "new-personal", file, "--plain");
        Outcome refused = shell.run("key", "add", "--recipient", file);
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("no public key", ".pub");
        Outcome unknown = other("anna").with(Opening.KEY_FILE, file).run("snapshots");
        assertThat(unknown.status()).isEqualTo(1);
        assertThat(unknown.err()).contains("No key slot", "key add");
    }

    @Test
    void thePaperIsTypedBackLineByLineAndOutlivesARotation() throws IOException {
        Path sheet = scratch.resolve("sheet.txt");
        Outcome made = shell.run("key", "paper", "--output", sheet.toString());
        assertThat(made.status()).as(made.err()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sheet)))
                .isEqualTo("rw-------");
        String[] lines = lines(sheet);
        assertThat(lines).hasSize(3);
        Shell finder = other("finder");
        char last = lines[1].charAt(lines[1].length() - 1);
        String mistyped = lines[1].substring(0, lines[1].length() - 1) + (last == 'Q' ? 'P' : 'Q');
        Outcome typed = finder.typing(lines[0], mistyped, lines[1].toLowerCase(Locale.ROOT), lines[2])
                .run("cat", "--paper", "latest", "a.txt");
        assertThat(typed.out()).as(typed.err()).isEqualTo("one\n");
        assertThat(typed.err()).contains("Line 2 is not as it was printed").doesNotContain(lines[0]);
        assertThat(finder.typing(lines[0]).run("snapshots", "--paper").status()).isEqualTo(2);

        assertThat(shell.run("key", "rotate").status()).isZero();
        Files.writeString(data.resolve("a.txt"), "two\n");
        assertThat(backup().status()).isZero();
        assertThat(finder.run("cat", "latest", "a.txt", "--key-file", sheet.toString())
                        .out())
                .isEqualTo("two\n");
        RepositoryReader.withPaper(Path.of(near), lines).restoreNewest("shop", scratch.resolve("second"));
        assertThat(scratch.resolve("second/a.txt")).hasContent("two\n");

        String slot = slotOf("paper");
        assertThat(shell.run("key", "remove", slot).status()).isZero();
        assertThat(finder.run("snapshots", "--key-file", sheet.toString()).status())
                .isEqualTo(1);
    }

    @Test
    void theWholeFormOpensARepositoryThatLostAllKeySlotsAndMakesANewOne() throws IOException {
        Path sheet = scratch.resolve("whole.txt");
        assertThat(shell.run("key", "paper", "--whole", "--output", sheet.toString())
                        .status())
                .isZero();
        assertThat(lines(sheet)).hasSize(15);
        for (String place : List.of(near, far)) {
            for (Path file : DemoFiles.files(Path.of(place, "keys"))) {
                Files.delete(file);
            }
        }
        Outcome lost = shell.run("snapshots");
        assertThat(lost.status()).isEqualTo(1);
        assertThat(lost.err()).contains("no key slot", "--paper", "key add");
        Outcome added = other("finder")
                .with(Secrets.NEW_PASSWORD, "again")
                .typing(lines(sheet))
                .run("key", "add", "--paper");
        assertThat(added.status()).as(added.err()).isZero();
        assertThat(shell.with(Secrets.PASSWORD, "again")
                        .run("cat", "latest", "a.txt")
                        .out())
                .isEqualTo("one\n");
    }

    @Test
    void thePaperIsShownOnlyAfterAQuestion() {
        assertThat(shell.run("key", "paper").status()).isEqualTo(2);
        Outcome no = shell.typing("no").run("key", "paper");
        assertThat(no.status()).isEqualTo(2);
        assertThat(no.out()).isEmpty();
        Outcome yes = shell.typing("yes").run("key", "paper");
        assertThat(yes.status()).isZero();
        assertThat(yes.out()).contains("Proven Backup key on paper", "fingerprint", "\n 3  ");
    }

    @Test
    void lostKeySlotsAreNamedAndHealedFromTheOtherDestination() throws IOException {
        for (Path file : DemoFiles.files(Path.of(far, "keys"))) {
            Files.delete(file);
        }
        Files.delete(Path.of(far, "epochs", "1.json"));
        Outcome alone = shell.run("snapshots", "-r", far);
        assertThat(alone.status()).isEqualTo(1);
        assertThat(alone.err()).contains("no key slot at " + far, "verify --repair");
        Outcome verify = shell.run("verify", "--level", "presence");
        assertThat(verify.status()).isEqualTo(4);
        assertThat(verify.out() + verify.err()).contains("is missing; another destination has it");
        assertThat(shell.run("verify", "--level", "presence", "--repair").status())
                .isZero();
        assertThat(shell.run("snapshots", "-r", far).status()).isZero();
        assertThat(shell.run("verify", "--level", "presence").status()).isZero();
    }

    @Test
    void aRotationIsToldAndEndsTheUseOfOldKeyFiles() throws IOException {
        String old = scratch.resolve("old.key").toString();
        assertThat(shell.run("key", "export-backup-key", "--source", "shop", old)
                        .status())
                .isZero();
        Outcome would = shell.run("key", "rotate", "--dry-run");
        assertThat(would.out()).contains("would begin epoch 2");
        Outcome rotated = shell.run("key", "rotate");
        assertThat(rotated.status()).as(rotated.err()).isZero();
        assertThat(rotated.out()).contains("began epoch 2 of the keys at " + near + ", " + far, "passphrase");
        assertThat(shell.run("key", "list").out()).contains("superseded", "current");
        Outcome again = backup();
        assertThat(again.status()).isZero();
        assertThat(again.err()).contains("keys were rotated", "stored again");
        Outcome refused = shell.run("backup", "--key-file", old, data.toString());
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("key export-backup-key --source shop");

        assertThat(shell.run("forget", "--source", "shop", "--keep-last", "1").out())
                .contains("1 snapshot forgotten, 1 kept");
        assertThat(shell.run("verify", "--level", "restore").status()).isZero();
    }

    @Test
    void aDestinationThatPutsOldSlotsBackIsNotWrittenTo() throws IOException {
        Map<Path, byte[]> before = new HashMap<>();
        for (Path file : DemoFiles.files(Path.of(near, "keys"))) {
            before.put(file, Files.readAllBytes(file));
        }
        assertThat(shell.run("key", "rotate", "-r", near).status()).isZero();
        for (Path file : DemoFiles.files(Path.of(near, "keys"))) {
            if (!before.containsKey(file)) {
                Files.delete(file);
            }
        }
        Files.delete(Path.of(near, "epochs", "2.json"));
        Outcome refused = shell.run("backup", "-r", near, data.toString());
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("Epoch 2", "was used here");

        Path policy = Files.writeString(scratch.resolve("policy.yaml"), """
                        policy: shop
                        sources: [{name: shop, paths: [%s]}]
                        destinations: [{name: near, location: %s}]
                        """.formatted(data, near));
        Outcome byPolicy = shell.run("backup", "-f", policy.toString());
        assertThat(byPolicy.status()).isEqualTo(1);
        assertThat(byPolicy.err()).contains("Epoch 2", "was used here");
    }

    private String slotOf(String kind) throws IOException {
        List<?> slots = (List<?>) shell.run("key", "list", "--json").json().get("slots");
        assertThat(slots).asInstanceOf(LIST).isNotEmpty();
        return slots.stream()
                .map(slot -> (Map<?, ?>) slot)
                .filter(slot -> kind.equals(slot.get("kind")) && "current".equals(slot.get("state")))
                .map(slot -> (String) slot.get("id"))
                .findFirst()
                .orElseThrow();
    }

    private static String[] lines(Path sheet) throws IOException {
        return Files.readAllLines(sheet).stream()
                .filter(Pattern.compile("^ ?[0-9]+  .*").asMatchPredicate())
                .map(line -> line.strip().replaceFirst("^[0-9]+  ", ""))
                .toArray(String[]::new);
    }
}
