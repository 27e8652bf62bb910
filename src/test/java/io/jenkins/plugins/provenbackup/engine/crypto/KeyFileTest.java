package io.jenkins.plugins.provenbackup.engine.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {

    private final RecoveryKey recoveryKey =
            RecoveryKey.generate(RepositoryId.random()).rotate();
    private final BackupKey backupKey = recoveryKey.backupKey();
    private final SourceKey sourceKey = backupKey.source("büro/home");

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        recoveryKey.close();
        backupKey.close();
        sourceKey.close();
    }

    private List<AccessKey> keys() {
        SourceKey nameless = backupKey.sourceKey(sourceKey.sourceId()).orElseThrow();
        return List.of(recoveryKey, backupKey, sourceKey, nameless);
    }

    @Test
    void readsBackWhatItWrote() throws Exception {
        for (AccessKey key : keys()) {
            byte[] text = KeyFile.encode(key);
            try (AccessKey back = KeyFile.parse(text)) {
                assertThat(back.kind()).isEqualTo(key.kind());
                assertThat(back.repositoryId()).isEqualTo(key.repositoryId());
                assertThat(KeyFile.encode(back)).isEqualTo(text);
            }
        }
        try (SourceKey back = (SourceKey) KeyFile.parse(KeyFile.encode(sourceKey))) {
            assertThat(back.sourceName()).contains("büro/home");
        }
    }

    @Test
    void looksAsTheFormatSays() {
        String text = new String(KeyFile.encode(recoveryKey), US_ASCII);
        assertThat(text)
                .startsWith("-----BEGIN PROVEN BACKUP RECOVERY KEY-----\nUEJLMQ")
                .endsWith("\n-----END PROVEN BACKUP RECOVERY KEY-----\n");
        List<String> lines = text.lines().toList();
        assertThat(lines.subList(1, lines.size() - 2)).allMatch(line -> line.length() == 64);
    }

    @Test
    void acceptsOtherLineEndsAndSpaceAround() throws Exception {
        String text = new String(KeyFile.encode(backupKey), US_ASCII);
        String mailed = "\r\n  " + text.replace("\n", "\r\n") + "\r\n\r\n";
        KeyFile.parse(mailed.getBytes(US_ASCII)).close();
        KeyFile.parse(text.strip().getBytes(US_ASCII)).close();
    }

    @Test
    void refusesAnyChangedCharacter() {
        byte[] text = KeyFile.encode(recoveryKey);
        for (int at = 0; at < text.length - 1; at++) {
            // One beside it in the alphabet, too: the bits that differ may mean nothing where the text ends.
            for (int other : new int[] {'A', text[at] + 1}) {
                byte[] changed = text.clone();
                changed[at] = (byte) other;
                if (other != text[at]) {
                    assertThatThrownBy(() -> KeyFile.parse(changed))
                            .as("character %d", at)
                            .isInstanceOf(CryptoException.class);
                }
            }
        }
    }

    @Test
    void refusesEveryTruncation() {
        byte[] text = KeyFile.encode(recoveryKey);
        for (int length = 0; length < text.length - 1; length++) {
            byte[] cut = Arrays.copyOf(text, length);
            assertThatThrownBy(() -> KeyFile.parse(cut)).as("%d bytes", length).isInstanceOf(CryptoException.class);
        }
    }

    @Test
    void tellsApartWhatIsWrong() throws Exception {
        assertThatThrownBy(() -> KeyFile.parse("-----BEGIN OPENSSH PRIVATE KEY-----\n".getBytes(US_ASCII)))
                .isInstanceOf(NotAKeyFileException.class);
        byte[] payload = KeyPayload.encode(recoveryKey);
        payload[3] = '2';
        assertThatThrownBy(() -> KeyPayload.decode(payload, "x.key"))
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessageContaining("x.key");
        String mislabelled = new String(KeyFile.encode(recoveryKey), US_ASCII).replace("RECOVERY", "BACKUP");
        assertThatThrownBy(() -> KeyFile.parse(mislabelled.getBytes(US_ASCII)))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("recovery key");
    }

    @Test
    void writesForTheOwnerOnlyAndNeverOverwrites() throws Exception {
        Path file = directory.resolve("recovery.key");
        KeyFile.write(file, recoveryKey);
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> KeyFile.write(file, backupKey)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        try (AccessKey back = KeyFile.read(file)) {
            assertThat(back.kind()).isEqualTo(AccessKey.Kind.RECOVERY);
        }
    }

    @Test
    void namesTheFileThatIsNoKey() throws Exception {
        Path file = Files.writeString(directory.resolve("notes.txt"), "hello");
        assertThatThrownBy(() -> KeyFile.read(file))
                .isInstanceOf(NotAKeyFileException.class)
                .hasMessageContaining("notes.txt");
    }
}
