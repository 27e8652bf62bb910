package io.jenkins.plugins.provenbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.cli.Shell.Outcome;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code prune --repack}, as a user handles it. */
class RepackCommandTest {

    @TempDir
    Path scratch;

    private Shell owner;
    private Path data;

    @BeforeEach
    void oneSnapshotOfTwoThatShareABlock() throws IOException {
        String repository = scratch.resolve("repository").toString();
        data = Files.createDirectories(scratch.resolve("data"));
        owner = new Shell(scratch).with(Secrets.PASSWORD, "correct horse").with(GlobalOptions.REPOSITORY, repository);
        owner.run("init");
        write(1, 1);
        String first = backup();
        write(2, 3);
        backup();
        assertThat(owner.run("forget", first).status()).isZero();
    }

    private void write(long seed, int every) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < 60; i += every) {
            byte[] content = new byte[20_000];
            random.nextBytes(content);
            Files.write(data.resolve("file" + i), content);
        }
    }

    private String backup() throws IOException {
        Outcome outcome = owner.run("backup", "--json", "--source", "data", data.toString());
        assertThat(outcome.status()).as(outcome.err()).isZero();
        return outcome.json().get("snapshot").toString();
    }

    @Test
    void freesWhatIsDeadInsideBlocks() throws IOException {
        Outcome dry = owner.run("prune", "--repack", "--dry-run");
        assertThat(dry.status()).as(dry.err()).isZero();
        assertThat(dry.out()).contains("2 blocks would be repacked", "nothing was changed");

        Outcome repack = owner.run("prune", "--repack", "--now");

        assertThat(repack.status()).as(repack.err()).isZero();
        assertThat(repack.out()).containsPattern("2 blocks were repacked: 1\\.[12] MiB instead of 1\\.[56] MiB");
        assertThat(owner.run("verify", "--level", "restore").status()).isZero();
        assertThat(owner.run(
                                "restore",
                                "latest",
                                "--target",
                                scratch.resolve("restored").toString())
                        .status())
                .isZero();
        assertThat(TreeComparer.differences(data, scratch.resolve("restored"))).isEmpty();
        Outcome again = owner.run("prune", "--repack", "--json");
        assertThat(((Map<?, ?>) again.json().get("repacked")).get("blocks")).isEqualTo(0);
    }

    @Test
    void aBackupKeyIsRefused() throws IOException {
        Path key = scratch.resolve("key");
        assertThat(owner.run("key", "export-backup-key", key.toString()).status())
                .isZero();
        Outcome refused = new Shell(scratch)
                .with(Opening.KEY_FILE, key.toString())
                .with(GlobalOptions.REPOSITORY, scratch.resolve("repository").toString())
                .run("prune", "--repack");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err())
                .contains("a backup key opens none", "without --repack")
                .doesNotContain("Exception");
    }
}
