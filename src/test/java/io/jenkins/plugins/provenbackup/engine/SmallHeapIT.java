package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.crypto.KeyFile;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory does not grow with the number of files: 200,000 of them in 64 MiB. */
class SmallHeapIT {

    private static final int FILES = 200_000;
    private static final int A_DIRECTORY = 500;

    @TempDir
    private Path temp;

    @Test
    void backsUpAndRestoresManyFilesInLittleMemory() throws Exception {
        Path tree = temp.resolve("tree");
        for (int i = 0; i < FILES; i++) {
            if (i % A_DIRECTORY == 0) {
                Files.createDirectories(tree.resolve("job-" + i / A_DIRECTORY));
            }
            Files.writeString(tree.resolve("job-" + i / A_DIRECTORY).resolve("build-" + i + ".xml"), "<build>" + i);
        }
        try (Laboratory laboratory = Laboratory.at(temp.resolve("a"))) {
            KeyFile.write(temp.resolve("key"), laboratory.recovery());
            run(
                    "backup",
                    tree.toString(),
                    Laboratory.SOURCE,
                    "0",
                    temp.resolve("a").toString());
            run(
                    "restore",
                    temp.resolve("restored").toString(),
                    temp.resolve("a").toString());
            assertThat(laboratory.snapshots(0)).hasSize(1);
            assertThat(laboratory.snapshots(0).get(0).totals().files()).isEqualTo(FILES);
        }
        for (int i = 0; i < FILES; i += 997) {
            Path file = Path.of("job-" + i / A_DIRECTORY, "build-" + i + ".xml");
            assertThat(temp.resolve("restored").resolve(file)).hasContent("<build>" + i);
        }
    }

    /** Nobody writes such manifests; a destination that is broken or hostile may show one. */
    @Test
    void anObjectLargerThanTheHeapExhaustsNothing() throws Exception {
        Path tree = Files.createDirectories(temp.resolve("tree"));
        Files.writeString(tree.resolve("a"), "one");
        try (Laboratory laboratory = Laboratory.at(temp.resolve("a"))) {
            KeyFile.write(temp.resolve("key"), laboratory.recovery());
            laboratory.backup(tree, SnapshotKind.FULL);
            Path manifest = temp.resolve("a")
                    .resolve(laboratory.objects(0, "snapshots").get(0).name());
            String name = manifest.getFileName().toString();
            Path huge = manifest.resolveSibling(name.substring(0, name.length() - 64) + "0".repeat(64));
            try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
                file.write(Files.readAllBytes(manifest), 0, 4);
                file.setLength(800L << 20);
            }

            run(
                    "restore",
                    temp.resolve("restored").toString(),
                    temp.resolve("a").toString());

            assertThat(temp.resolve("restored/a")).hasContent("one");
            run(
                    "backup",
                    tree.toString(),
                    Laboratory.SOURCE,
                    "0",
                    temp.resolve("a").toString());
        }
    }

    private void run(String operation, String... arguments) throws IOException, InterruptedException {
        Path output = temp.resolve("output");
        List<String> all =
                new ArrayList<>(List.of(operation, temp.resolve("key").toString()));
        all.addAll(List.of(arguments));
        Process process = BackupProcess.start("64m", output, all);
        boolean ended = process.waitFor(180, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        assertThat(ended).as(Files.readString(output)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }
}
