package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.OpenDestinations;
import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.storage.StorageCredentials;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Opens what the common options name: destinations and key. */
final class Opening {

    static final String KEY_FILE = "PROVEN_BACKUP_KEY_FILE";
    static final String SFTP_KEY = "PROVEN_BACKUP_SFTP_KEY";
    static final String STORAGE_PASSWORD = "PROVEN_BACKUP_STORAGE_PASSWORD";
    // Its name while there was no other kind of server.
    static final String SFTP_PASSWORD = "PROVEN_BACKUP_SFTP_PASSWORD";
    static final String CREDENTIALS = "PROVEN_BACKUP_CREDENTIALS";
    static final String TLS_CA = "PROVEN_BACKUP_TLS_CA";

    private final Context context;
    private final Secrets secrets;

    Opening(Context context) {
        this.context = context;
        this.secrets = new Secrets(context.surroundings());
    }

    Secrets secrets() {
        return secrets;
    }

    /** How to open the destinations that were named. */
    OpenRequest request() throws IOException {
        return request(context.options().repositories(context.surroundings()));
    }

    OpenRequest request(List<String> names) throws IOException {
        List<StorageLocation> locations = new ArrayList<>();
        for (String name : names) {
            locations.add(StorageLocation.parse(name));
        }
        boolean isRemote = locations.stream().anyMatch(location -> !location.isLocal());
        return OpenRequest.of(locations, isRemote ? options() : StorageOptions.defaults());
    }

    /** Destinations, without a key; those that are not reached are warned of. The caller closes them. */
    Destinations destinations(OpenRequest request) throws IOException, InterruptedException {
        return told(OpenDestinations.run(request));
    }

    private Destinations told(Destinations destinations) {
        destinations
                .unreachable()
                .forEach((location, reason) -> context.output().warning(location + " is left out: " + reason));
        return destinations;
    }

    /** Destinations and key, which fit each other. */
    OpenRepository repository() throws IOException, InterruptedException {
        return repository(UnaryOperator.identity());
    }

    /** The same with limits or another way to open. */
    OpenRepository repository(UnaryOperator<OpenRequest> change) throws IOException, InterruptedException {
        return repository(change.apply(request()));
    }

    /** The destinations that a request names, and the key. */
    OpenRepository repository(OpenRequest request) throws IOException, InterruptedException {
        Destinations destinations = destinations(request);
        AccessKey key = null;
        try {
            key = new KeyOpening(context, secrets).open(destinations);
            destinations.verify(key);
            return new OpenRepository(context, destinations, key);
        } catch (IOException | RuntimeException e) {
            if (key != null) {
                key.close();
            }
            destinations.close();
            throw e;
        }
    }

    /** The same, but a destination whose description is not authentic is set aside instead of refused. */
    OpenRepository trustedRepository(OpenRequest request) throws IOException, InterruptedException {
        Destinations destinations = told(OpenDestinations.runForCheck(request));
        AccessKey key = null;
        try {
            key = new KeyOpening(context, secrets).open(destinations);
            return new OpenRepository(context, destinations.trusted(key), key);
        } catch (IOException | RuntimeException e) {
            if (key != null) {
                key.close();
            }
            destinations.close();
            throw e;
        }
    }

    /** A key that can do everything, for those commands that need it. */
    static RecoveryKey recovery(AccessKey key, String purpose) throws RefusedException {
        return key.recovery()
                .orElseThrow(() -> new RefusedException("A " + key.kind().label() + " cannot " + purpose
                        + ": use the passphrase (--password-file), or a personal or recovery key."));
    }

    /** The passphrase of a repository that exists; the caller wipes it. */
    char[] passphrase() throws IOException {
        return secrets.existing(context.options().passwordFile(), "Passphrase: ");
    }

    private Optional<Path> file(String variable) {
        return context.surroundings().variable(variable).map(Path::of);
    }

    private StorageOptions options() throws IOException {
        GlobalOptions given = context.options();
        StorageOptions options = StorageOptions.defaults();
        if (given.knownHosts().isPresent()) {
            options = options.withKnownHosts(given.knownHosts().get());
        }
        if (given.connectTimeout().isPresent()) {
            options = options.withTimeouts(given.connectTimeout().get(), options.operationTimeout());
        }
        Optional<Path> trusted = given.tlsCa().or(() -> file(TLS_CA));
        if (trusted.isPresent()) {
            options = options.withTrustedCertificates(trusted.get());
        }
        Optional<Path> several = given.credentials().or(() -> file(CREDENTIALS));
        if (several.isPresent()) {
            options = options.withBook(CredentialsFile.read(several.get()));
        }
        Optional<Path> key = given.sftpKey().or(() -> file(SFTP_KEY));
        Optional<char[]> password = secrets.given(given.storagePasswordFile(), STORAGE_PASSWORD);
        if (password.isEmpty()) {
            password = secrets.given(Optional.empty(), SFTP_PASSWORD);
        }
        try {
            StorageCredentials credentials = StorageCredentials.none();
            if (password.isPresent()) {
                credentials = credentials.withPassword(password.get());
            }
            if (key.isPresent() && password.isPresent()) {
                credentials = credentials.withPrivateKey(key.get(), password.get());
            } else if (key.isPresent()) {
                credentials = credentials.withPrivateKey(key.get());
            }
            return options.withCredentials(credentials);
        } finally {
            password.ifPresent(secret -> Arrays.fill(secret, '\0'));
        }
    }
}
