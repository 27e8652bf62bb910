package io.jenkins.plugins.provenbackup.engine.storage.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.storage.GivenFile;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.StorageCredentials;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys that are in no file, and host keys that a person is to compare. */
@Timeout(60)
class SftpWithoutFilesTest {

    @TempDir
    static Path serverFiles;

    static OpenSshServer sshd;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        sshd = OpenSshServer.start(serverFiles);
    }

    @AfterAll
    static void stop() throws Exception {
        if (sshd != null) {
            sshd.close();
        }
    }

    @Test
    void logsInByKeysInMemory() throws Exception {
        StorageFactory.open(location(), inMemory(), OpenMode.EXISTING).close();
    }

    @Test
    void namesNoFileWhereThereIsNone() throws Exception {
        StorageOptions options = inMemory().withKnownHosts(GivenFile.of("the known hosts of nas", new byte[0]));

        assertThatThrownBy(() -> StorageFactory.open(location(), options, OpenMode.EXISTING))
                .isInstanceOf(StorageException.AccessDenied.class)
                .hasMessageContaining("is not in the known hosts of nas")
                .hasMessageNotContaining(">>");
    }

    @Test
    void optionsOfALocationOfItsOwnComeFirst() throws Exception {
        StorageOptions options = StorageOptions.defaults().withElsewhere(Map.of(location(), inMemory()));

        StorageFactory.open(location(), options, OpenMode.EXISTING).close();
        assertThat(options.at(StorageLocation.parse("sftp://other.example/x"))).isSameAs(options);
    }

    @Test
    void serverShowsTheKeyThatSshKeygenPrints() throws Exception {
        Path nothing = directory.resolve("none");

        HostKeys.Shown shown = HostKeys.ask(location(), Duration.ofSeconds(10), nothing);

        assertThat(shown.known()).isEqualTo(HostKeys.Known.NO);
        String printed = new String(
                new ProcessBuilder(
                                "ssh-keygen",
                                "-l",
                                "-f",
                                serverFiles.resolve("host_key.pub").toString())
                        .start()
                        .getInputStream()
                        .readAllBytes(),
                StandardCharsets.UTF_8);
        assertThat(printed).contains(" " + shown.fingerprint() + " ");
        Path learned = Files.writeString(directory.resolve("learned"), shown.line() + "\n");
        StorageFactory.open(location(), inMemory().withKnownHosts(learned), OpenMode.EXISTING)
                .close();
    }

    @Test
    void knownHostIsTold() throws Exception {
        assertThat(HostKeys.ask(location(), Duration.ofSeconds(10), sshd.knownHosts())
                        .known())
                .isEqualTo(HostKeys.Known.YES);
        Path other = OpenSshServer.generateKey(directory.resolve("other"), "");
        Path wrong = Files.writeString(
                directory.resolve("wrong"),
                "[127.0.0.1]:" + sshd.port() + " " + Files.readString(Path.of(other + ".pub")));
        assertThat(HostKeys.ask(location(), Duration.ofSeconds(10), wrong).known())
                .isEqualTo(HostKeys.Known.DIFFERENT);
    }

    @Test
    void serverThatIsNotThereIsNamed() throws Exception {
        StorageLocation nobody = StorageLocation.parse("sftp://127.0.0.1:1/x");

        assertThatThrownBy(() -> HostKeys.ask(nobody, Duration.ofSeconds(5), directory.resolve("none")))
                .isInstanceOf(StorageException.Transient.class)
                .hasMessageContaining("127.0.0.1 port 1");
    }

    private StorageLocation location() throws StorageException {
        return sshd.location(directory);
    }

    private StorageOptions inMemory() throws Exception {
        GivenFile key = GivenFile.of("the key of a test", Files.readAllBytes(sshd.userKey()));
        return StorageOptions.defaults()
                .withCredentials(StorageCredentials.none().withPrivateKey(key, new char[0]))
                .withKnownHosts(GivenFile.of("the hosts of a test", Files.readAllBytes(sshd.knownHosts())));
    }
}
