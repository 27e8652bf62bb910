package io.jenkins.plugins.provenbackup.jenkins.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.FreeStyleBuild;
import hudson.util.Secret;
import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.OpenDestinations;
import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.KeyFile;
import io.jenkins.plugins.provenbackup.engine.crypto.PersonalKey;
import io.jenkins.plugins.provenbackup.engine.crypto.PersonalKeyFile;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.SlotKind;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.keys.Init;
import io.jenkins.plugins.provenbackup.engine.keys.InitRequest;
import io.jenkins.plugins.provenbackup.engine.keys.ManageKeys;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.jenkins.access.SourceNames;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.RepositoryKeys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Credentials become keys and log-ins, and go no further than they must. */
@WithJenkins
class ControllerKeysTest {

    private static final String PASSPHRASE = "correct horse battery";

    @TempDir
    private Path directory;

    @Test
    void keyOfAHomeIsNotExported(JenkinsRule jenkins) throws Exception {
        try (Destinations destinations = repository("one");
                ControllerKeys keys = ControllerKeys.open(keys(destinations, PASSPHRASE))) {
            assertThatThrownBy(() -> keys.exportSourceKey(SourceNames.ofHome("jenkins-home")))
                    .hasMessageContaining("does not leave the controller");
        }
    }

    @Test
    void agentGetsTheKeyOfOneSource(JenkinsRule jenkins) throws Exception {
        try (Destinations destinations = repository("one");
                ControllerKeys keys = ControllerKeys.open(keys(destinations, PASSPHRASE));
                AccessKey exported = KeyFile.parse(keys.exportSourceKey("web:build"))) {
            assertThat(exported).isInstanceOf(SourceKey.class);
            assertThat(exported.sourceKey("web:build")).isPresent();
            assertThat(exported.sourceKey("other:build")).isEmpty();
            assertThat(exported.recovery()).isEmpty();
        }
    }

    @Test
    void passphraseAndPersonalKeyOpenContents(JenkinsRule jenkins) throws Exception {
        try (Destinations destinations = repository("one")) {
            String personal;
            try (RecoveryKey key = destinations.unlock(PASSPHRASE.toCharArray());
                    PersonalKey own = PersonalKey.generate("Jenkins")) {
                new ManageKeys(destinations, Clock.systemUTC()).add(key, SlotKind.PERSONAL, own.recipient());
                personal = new String(PersonalKeyFile.encode(own), StandardCharsets.US_ASCII);
            }
            for (String secret : new String[] {PASSPHRASE, PASSPHRASE + "\n", personal}) {
                try (ControllerKeys keys = ControllerKeys.open(keys(destinations, secret));
                        RecoveryKey opened = keys.recoveryKey(destinations)) {
                    assertThat(opened.repositoryId()).isEqualTo(destinations.id());
                }
            }
        }
    }

    @Test
    void anothersRepositoryIsNoticed(JenkinsRule jenkins) throws Exception {
        try (Destinations ours = repository("ours");
                Destinations foreign = repository("foreign");
                ControllerKeys keys = ControllerKeys.open(keys(ours, PASSPHRASE))) {
            assertThatThrownBy(() -> keys.recoveryKey(foreign))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("belongs to another owner");
        }
    }

    @Test
    void missingCredentialsAreNamed(JenkinsRule jenkins) throws Exception {
        assertThatThrownBy(() -> ControllerKeys.open(new RepositoryKeys("main", "gone")))
                .hasMessageContaining("There are no credentials 'gone', which should hold the backup key of 'main'");
        add(new StringCredentialsImpl(CredentialsScope.SYSTEM, "text", "", Secret.fromString("no key at all")));
        assertThatThrownBy(() -> ControllerKeys.open(new RepositoryKeys("main", "text")))
                .hasMessageContaining("not a key file");
        try (Destinations destinations = repository("one");
                ControllerKeys keys = ControllerKeys.open(withoutRecovery(keys(destinations, PASSPHRASE)))) {
            assertThatThrownBy(() -> keys.recoveryKey(destinations))
                    .hasMessageContaining("has no recovery credentials");
        }
    }

    @Test
    void agentGetsTheWritersLoginAndTheControllerThePruners(JenkinsRule jenkins) throws Exception {
        add(new UsernamePasswordCredentialsImpl(CredentialsScope.SYSTEM, "w", "", "writer", "writers-password"));
        add(new UsernamePasswordCredentialsImpl(CredentialsScope.SYSTEM, "p", "", "pruner", "pruners-password"));
        BackupDestination destination = new BackupDestination("nas", "sftp://nas.example/x");
        destination.setCredentialsId("w");
        destination.setPruningCredentialsId("p");
        destination.setConnectTimeout(3);

        try (DestinationAccess writer = sent(DestinationAccess.forWriting(destination));
                DestinationAccess pruner = DestinationAccess.forPruning(destination)) {
            assertThat(writer.options().credentials().user()).hasValue("writer");
            assertThat(new String(writer.options().credentials().password().orElseThrow()))
                    .isEqualTo("writers-password");
            assertThat(writer.options().connectTimeout()).hasSeconds(3);
            assertThat(pruner.options().credentials().user()).hasValue("pruner");
            assertThat(writer.toString() + pruner).doesNotContain("password");
        }
    }

    @Test
    void privateKeyTravelsAsTextAndIsWiped(JenkinsRule jenkins) throws Exception {
        String key = "-----BEGIN OPENSSH PRIVATE KEY-----\nfor-the-test\n-----END OPENSSH PRIVATE KEY-----\n";
        add(new BasicSSHUserPrivateKey(
                CredentialsScope.SYSTEM,
                "ssh",
                "backup",
                new BasicSSHUserPrivateKey.DirectEntryPrivateKeySource(key),
                "its passphrase",
                ""));
        BackupDestination destination = new BackupDestination("nas", "sftp://nas.example/x");
        destination.setCredentialsId("ssh");
        DestinationAccess access = DestinationAccess.forWriting(destination);
        StorageOptions options = access.options();

        assertThat(new String(options.credentials().privateKey().orElseThrow().read(1000), StandardCharsets.UTF_8))
                .isEqualTo(key);
        assertThat(options.credentials().passphrase().orElseThrow()).isEqualTo("its passphrase".toCharArray());

        access.close();
        options.credentials().close();
        assertThat(options.credentials().privateKey().orElseThrow().read(1000)).containsOnly(0);
        assertThat(access.options().credentials().privateKey().orElseThrow().read(1000))
                .containsOnly(0);
    }

    @Test
    void stepUsesOnlyCredentialsThatItsBuildMayUse(JenkinsRule jenkins) throws Exception {
        add(new UsernamePasswordCredentialsImpl(CredentialsScope.SYSTEM, "system", "", "root", "secret-of-the-system"));
        add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "global", "", "user", "a-password"));
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("web"));
        StorageLocation location = StorageLocation.parse("sftp://nas.example/x");

        assertThatThrownBy(() -> DestinationAccess.inRun(build, location, "system"))
                .hasMessageContaining("no credentials 'system', or not for this")
                .hasMessageContaining("that 'web' may use");
        try (DestinationAccess access = DestinationAccess.inRun(build, location, "global")) {
            assertThat(access.options().credentials().user()).hasValue("user");
        }
    }

    private static DestinationAccess sent(DestinationAccess access) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(access);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (DestinationAccess) in.readObject();
        }
    }

    private Destinations repository(String name) throws Exception {
        OpenRequest request =
                OpenRequest.of(List.of(StorageLocation.of(directory.resolve(name))), StorageOptions.defaults());
        Init.run(
                new InitRequest(request.withMode(OpenMode.CREATE), PASSPHRASE.toCharArray(), "test"),
                Clock.systemUTC());
        return OpenDestinations.run(request);
    }

    private static RepositoryKeys keys(Destinations destinations, String recovery) throws Exception {
        String id = "key-" + System.nanoTime();
        try (RecoveryKey key = destinations.unlock(PASSPHRASE.toCharArray())) {
            add(new StringCredentialsImpl(
                    CredentialsScope.SYSTEM,
                    id,
                    "",
                    Secret.fromString(new String(KeyFile.encode(key.backupKey()), StandardCharsets.US_ASCII))));
        }
        add(new StringCredentialsImpl(CredentialsScope.SYSTEM, id + "-recovery", "", Secret.fromString(recovery)));
        RepositoryKeys keys = new RepositoryKeys("main", id);
        keys.setRecoveryCredentialsId(id + "-recovery");
        return keys;
    }

    private static RepositoryKeys withoutRecovery(RepositoryKeys keys) {
        return new RepositoryKeys(keys.getName(), keys.getBackupKeyCredentialsId());
    }

    private static void add(Credentials credentials) throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(credentials);
        SystemCredentialsProvider.getInstance().save();
    }
}
