package io.jenkins.plugins.provenbackup.engine.storage.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.storage.BytesPayload;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.PutOutcome;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageCredentials;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.keyboard.DefaultKeyboardInteractiveAuthenticator;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Log-in by password, and a server other than OpenSSH: Apache MINA, which has no hard links in SFTP. */
class SftpPasswordTest {

    @TempDir
    Path directory;

    private SshServer server;
    private Path knownHosts;

    @BeforeEach
    void start() throws Exception {
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        SimpleGeneratorHostKeyProvider keys = new SimpleGeneratorHostKeyProvider();
        keys.setAlgorithm("EC");
        server.setKeyPairProvider(keys);
        server.setPasswordAuthenticator((user, password, session) -> user.equals("me") && password.equals("s3crät"));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(Files.createDirectory(directory.resolve("home"))));
        server.start();
        String key =
                PublicKeyEntry.toString(keys.loadKeys(null).iterator().next().getPublic());
        knownHosts = Files.writeString(
                directory.resolve("known_hosts"), "[127.0.0.1]:" + server.getPort() + " " + key + "\n");
    }

    @AfterEach
    void stop() throws Exception {
        server.stop(true);
    }

    @Test
    void logsInByPassword() throws Exception {
        server.setUserAuthFactories(List.of(UserAuthPasswordFactory.INSTANCE));

        roundTrip();
    }

    @Test
    void logsInByPasswordInADialogue() throws Exception {
        server.setKeyboardInteractiveAuthenticator(DefaultKeyboardInteractiveAuthenticator.INSTANCE);
        server.setUserAuthFactories(List.of(UserAuthKeyboardInteractiveFactory.INSTANCE));

        roundTrip();
    }

    @Test
    void refusesAWrongPassword() {
        assertThatThrownBy(() -> open("wrong"))
                .isInstanceOf(StorageException.AccessDenied.class)
                .hasMessageContaining("Cannot log in to sftp://me@127.0.0.1")
                .message()
                .doesNotContain("wrong");
    }

    private void roundTrip() throws Exception {
        try (Storage storage = open("s3crät")) {
            BytesPayload payload = BytesPayload.random(500_000, 1);
            assertThat(storage.put("archives/ab/abc", payload)).isEqualTo(PutOutcome.STORED);
            assertThat(storage.put("archives/ab/abc", payload)).isEqualTo(PutOutcome.ALREADY_THERE);
            assertThatThrownBy(() -> storage.put("archives/ab/abc", BytesPayload.of("other")))
                    .isInstanceOf(StorageException.Conflict.class);
            assertThat(storage.read("archives/ab/abc", 100, 1000))
                    .isEqualTo(java.util.Arrays.copyOfRange(payload.bytes(), 100, 1100));
            assertThat(storage.list(""))
                    .singleElement()
                    .satisfies(object -> assertThat(object.name()).isEqualTo("archives/ab/abc"));
            storage.delete("archives/ab/abc");
            assertThat(storage.list("")).isEmpty();
        }
    }

    private Storage open(String password) throws Exception {
        StorageOptions options = StorageOptions.defaults()
                .withCredentials(StorageCredentials.none().withPassword(password.toCharArray()))
                .withKnownHosts(knownHosts);
        return StorageFactory.open(
                StorageLocation.parse("sftp://me@127.0.0.1:" + server.getPort() + "/repo"), options, OpenMode.CREATE);
    }
}
