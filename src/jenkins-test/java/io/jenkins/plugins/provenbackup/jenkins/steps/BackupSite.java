package io.jenkins.plugins.provenbackup.jenkins.steps;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.util.Secret;
import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.OpenDestinations;
import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.crypto.KeyFile;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.keys.Init;
import io.jenkins.plugins.provenbackup.engine.keys.InitRequest;
import io.jenkins.plugins.provenbackup.engine.snapshots.ListSnapshots;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.configuration.RepositoryKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;

/** A repository at local destinations, its keys as credentials, and the destinations configured for every job. */
public final class BackupSite {

    public static final String PASSPHRASE = "correct horse battery staple";
    public static final String BACKUP_KEY = "backup-key";
    public static final String RECOVERY = "recovery-passphrase";
    public static final String KEYS = "main";

    private final List<String> locations;
    private final UnaryOperator<StorageOptions> options;

    private BackupSite(List<String> locations, UnaryOperator<StorageOptions> options) {
        this.locations = locations;
        this.options = options;
    }

    /** One destination in each of these new directories, named after it. */
    public static BackupSite at(Path... directories) throws Exception {
        List<String> locations = Arrays.stream(directories).map(Path::toString).toList();
        BackupSite site = at(locations, UnaryOperator.identity());
        List<BackupDestination> destinations = new ArrayList<>();
        for (Path directory : directories) {
            destinations.add(destination(directory.getFileName().toString(), directory.toString()));
        }
        ProvenBackupConfiguration.get().setDestinations(destinations);
        return site;
    }

    /** A repository at these places; the destinations are for the caller to configure. */
    public static BackupSite at(List<String> locations, UnaryOperator<StorageOptions> options) throws Exception {
        BackupSite site = new BackupSite(locations, options);
        char[] passphrase = PASSPHRASE.toCharArray();
        Init.run(new InitRequest(site.request().withMode(OpenMode.CREATE), passphrase, "test"), Clock.systemUTC());
        try (Destinations destinations = site.open();
                RecoveryKey recovery = destinations.unlock(passphrase)) {
            addSecret(BACKUP_KEY, new String(KeyFile.encode(recovery.backupKey()), StandardCharsets.UTF_8));
        }
        addSecret(RECOVERY, PASSPHRASE);
        RepositoryKeys keys = new RepositoryKeys(KEYS, BACKUP_KEY);
        keys.setRecoveryCredentialsId(RECOVERY);
        ProvenBackupConfiguration.get().setKeys(List.of(keys));
        return site;
    }

    /** What an earlier session made. */
    public static BackupSite existing(List<String> locations, UnaryOperator<StorageOptions> options) {
        return new BackupSite(locations, options);
    }

    public static BackupDestination destination(String name, String location) {
        BackupDestination destination = new BackupDestination(name, location);
        destination.setKeys(KEYS);
        destination.setAllowedJobs("**");
        return destination;
    }

    public static void addSecret(String id, String text) throws IOException {
        add(new StringCredentialsImpl(CredentialsScope.SYSTEM, id, "", Secret.fromString(text)));
    }

    public static void add(StandardCredentials credentials) throws IOException {
        SystemCredentialsProvider provider = SystemCredentialsProvider.getInstance();
        provider.getCredentials().add(credentials);
        provider.save();
    }

    /** What is there, seen by whoever has the passphrase. */
    public List<Snapshot> snapshots() throws Exception {
        char[] passphrase = PASSPHRASE.toCharArray();
        try (Destinations destinations = open();
                RecoveryKey recovery = destinations.unlock(passphrase)) {
            return ListSnapshots.run(destinations.reached(), recovery).snapshots();
        }
    }

    public Destinations open() throws Exception {
        return OpenDestinations.run(request());
    }

    private OpenRequest request() throws Exception {
        List<StorageLocation> places = new ArrayList<>();
        for (String location : locations) {
            places.add(StorageLocation.parse(location));
        }
        return OpenRequest.of(places, options.apply(StorageOptions.defaults()));
    }
}
