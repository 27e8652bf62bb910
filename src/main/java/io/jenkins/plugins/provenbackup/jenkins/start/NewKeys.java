package io.jenkins.plugins.provenbackup.jenkins.start;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import hudson.util.Secret;
import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.OpenDestinations;
import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.OpenStorages;
import io.jenkins.plugins.provenbackup.engine.crypto.BackupKey;
import io.jenkins.plugins.provenbackup.engine.crypto.KeyFile;
import io.jenkins.plugins.provenbackup.engine.crypto.PaperForm;
import io.jenkins.plugins.provenbackup.engine.crypto.PersonalKey;
import io.jenkins.plugins.provenbackup.engine.crypto.PersonalKeyFile;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.Slot;
import io.jenkins.plugins.provenbackup.engine.crypto.SlotKind;
import io.jenkins.plugins.provenbackup.engine.keys.Init;
import io.jenkins.plugins.provenbackup.engine.keys.InitRequest;
import io.jenkins.plugins.provenbackup.engine.keys.ManageKeys;
import io.jenkins.plugins.provenbackup.engine.keys.PaperSheet;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.jenkins.configuration.RepositoryKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;

/** Makes a repository, or opens one by its passphrase, and puts the keys that Jenkins needs into its credentials. */
final class NewKeys {

    private final String name;
    private final Clock clock;

    /**
     * Keys to be.
     *
     * @param name of the {@link RepositoryKeys}
     */
    NewKeys(String name, Clock clock) {
        this.name = name;
        this.clock = clock;
    }

    /**
     * What was made.
     *
     * @param keys not yet in the configuration
     * @param sheet the recovery form as text, for the caller to wipe
     */
    record Made(RepositoryKeys keys, byte[] sheet) {}

    /** Makes the repository wherever it is not there yet. */
    void create(OpenRequest request, char[] passphrase) throws IOException, InterruptedException {
        if (isMissingSomewhere(request)) {
            Init.run(new InitRequest(request.withMode(OpenMode.CREATE), passphrase, "passphrase"), clock);
        }
    }

    private static boolean isMissingSomewhere(OpenRequest request) throws IOException, InterruptedException {
        OpenRequest making = request.withMode(OpenMode.CREATE);
        boolean isMissing = false;
        for (OpenStorages.Outcome<Boolean> outcome : OpenStorages.atEach(request.locations(), location -> {
            try (Storage storage = OpenStorages.open(location, making)) {
                return storage.size(Layout.REPOSITORY).isEmpty();
            }
        })) {
            isMissing |= outcome.get();
        }
        return isMissing;
    }

    /**
     * Opens a repository and keeps its backup key, and a key of Jenkins' own that reads, as credentials. The recovery form is a
     * further way in, for people.
     *
     * @throws IOException when a destination cannot be reached, or the passphrase does not open it
     */
    Made take(OpenRequest request, char[] passphrase) throws IOException, InterruptedException {
        try (Destinations destinations = OpenDestinations.run(request)) {
            Optional<String> missing =
                    destinations.unreachable().values().stream().findFirst();
            if (missing.isPresent()) {
                throw new IOException(missing.get());
            }
            try (RecoveryKey key = destinations.unlock(passphrase)) {
                destinations.verify(key);
                return take(destinations, key);
            }
        }
    }

    private Made take(Destinations destinations, RecoveryKey key) throws IOException {
        ManageKeys slots = new ManageKeys(destinations, clock);
        String day =
                LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault()).toString();
        String backupKey;
        try (BackupKey backup = key.backupKey()) {
            backupKey = add("backup-key", Messages.NewKeys_backupKey(name), KeyFile.encode(backup));
        }
        String recovery;
        try (PersonalKey own = PersonalKey.generate("Jenkins " + day)) {
            slots.add(key, SlotKind.PERSONAL, own.recipient());
            recovery = add("recovery", Messages.NewKeys_recovery(name), PersonalKeyFile.encode(own));
        }
        RepositoryKeys keys = new RepositoryKeys(name, backupKey);
        keys.setRecoveryCredentialsId(recovery);
        return new Made(keys, paper(destinations, key));
    }

    /**
     * A new recovery form, with a key slot of its own; the caller wipes it.
     *
     * @param destinations verified
     */
    byte[] paper(Destinations destinations, RecoveryKey key) throws IOException {
        Instant now = clock.instant();
        String day = LocalDate.ofInstant(now, ZoneId.systemDefault()).toString();
        ManageKeys slots = new ManageKeys(destinations, clock);
        try (PersonalKey paper = PersonalKey.generate("paper " + day)) {
            Slot slot = slots.paperSlot(key, paper);
            byte[] lines = PaperForm.lines(paper);
            try {
                byte[] sheet = new PaperSheet(key, destinations, now).brief(lines, slot.id());
                slots.add(slot);
                return sheet;
            } finally {
                Arrays.fill(lines, (byte) 0);
            }
        }
    }

    /** As a secret text that only Jenkins itself may use; wipes the secret. */
    private String add(String what, String description, byte[] secret) throws IOException {
        String wanted = "proven-backup-" + name + "-" + what;
        SystemCredentialsProvider provider = SystemCredentialsProvider.getInstance();
        String id = wanted;
        for (int number = 2; isTaken(id, provider); number++) {
            id = wanted + "-" + number;
        }
        provider.getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.SYSTEM,
                        id,
                        description,
                        Secret.fromString(new String(secret, StandardCharsets.UTF_8))));
        Arrays.fill(secret, (byte) 0);
        provider.save();
        return id;
    }

    private static boolean isTaken(String id, SystemCredentialsProvider provider) {
        return provider.getCredentials().stream()
                .anyMatch(one ->
                        one instanceof IdCredentials known && known.getId().equals(id));
    }
}
