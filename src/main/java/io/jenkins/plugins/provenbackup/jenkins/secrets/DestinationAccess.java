package io.jenkins.plugins.provenbackup.jenkins.secrets;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.storage.GivenFile;
import io.jenkins.plugins.provenbackup.engine.storage.StorageCredentials;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.jenkins.access.BootMode;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One destination and all that opens it, secrets included. Made for the moment in which it is sent to where the engine runs, never
 * stored, and wiped by whoever made or received it. Never shows a secret. Immutable but for {@link #close}.
 */
public final class DestinationAccess implements Serializable, AutoCloseable {

    private static final long serialVersionUID = 1;

    private final String location;
    private final String user;
    private final char[] password;
    private final byte[] privateKey;
    private final char[] passphrase;
    private final String knownHosts;
    private final String certificates;
    private final int connectTimeout;
    private final int operationTimeout;

    DestinationAccess(Reaching reaching, Login login) {
        this.location = reaching.getLocation();
        this.user = login.user();
        this.password = login.password();
        this.privateKey = login.privateKey();
        this.passphrase = login.passphrase();
        this.knownHosts = reaching.getKnownHosts();
        this.certificates = reaching.getCertificates();
        this.connectTimeout = reaching.getConnectTimeout();
        this.operationTimeout = reaching.getOperationTimeout();
    }

    /**
     * To list, read and add: what agents get. The credentials are looked up as the system.
     *
     * @throws AbortException when they do not exist or are of a kind that opens no destination
     */
    public static DestinationAccess forWriting(Reaching destination) throws AbortException {
        BootMode.requireOff();
        return new DestinationAccess(destination, Login.ofSystem(destination.getCredentialsId()));
    }

    /**
     * To delete, too; for the controller alone. The credentials are looked up as the system.
     *
     * @throws AbortException when they do not exist or are of a kind that opens no destination
     */
    public static DestinationAccess forPruning(Reaching destination) throws AbortException {
        BootMode.requireOff();
        String id = destination.getPruningCredentialsId();
        return new DestinationAccess(destination, Login.ofSystem(id.isEmpty() ? destination.getCredentialsId() : id));
    }

    /**
     * To a location that a step gave itself: the credentials are those that the build may use.
     *
     * @param location as {@code JobAccess.requireRemote} let it pass
     * @param credentialsId may be empty
     * @throws AbortException when there are no such credentials for the build
     */
    public static DestinationAccess inRun(Run<?, ?> run, StorageLocation location, String credentialsId)
            throws AbortException {
        BootMode.requireOff();
        return new DestinationAccess(new PlainReaching(location.toString()), Login.ofRun(credentialsId, run));
    }

    /**
     * Where it is.
     *
     * @throws StorageException when the text is no location
     */
    public StorageLocation location() throws StorageException {
        return StorageLocation.parse(location);
    }

    /** How to reach it; its secrets are copies, which the caller wipes through {@link StorageOptions#credentials}. */
    public StorageOptions options() {
        StorageOptions options = StorageOptions.defaults()
                .withTimeouts(Duration.ofSeconds(connectTimeout), Duration.ofSeconds(operationTimeout))
                .withCredentials(credentials());
        if (!knownHosts.isBlank()) {
            options = options.withKnownHosts(GivenFile.of(
                    "the known hosts of this destination", (knownHosts + "\n").getBytes(StandardCharsets.UTF_8)));
        }
        if (!certificates.isBlank()) {
            options = options.withTrustedCertificates(GivenFile.of(
                    "the certificates of this destination", certificates.getBytes(StandardCharsets.UTF_8)));
        }
        return options;
    }

    private StorageCredentials credentials() {
        StorageCredentials credentials = StorageCredentials.none();
        if (!user.isEmpty()) {
            credentials = credentials.withUser(user);
        }
        if (password.length > 0) {
            credentials = credentials.withPassword(password);
        }
        if (privateKey.length > 0) {
            GivenFile key = GivenFile.of("the private key of the credentials", privateKey);
            credentials = credentials.withPrivateKey(key, passphrase);
        }
        return credentials;
    }

    /**
     * How to open several destinations together, each with its own options.
     *
     * @throws StorageException when the text of one is no location
     */
    public static OpenRequest open(List<DestinationAccess> destinations) throws StorageException {
        List<StorageLocation> locations = new ArrayList<>();
        Map<StorageLocation, StorageOptions> options = new LinkedHashMap<>();
        for (DestinationAccess one : destinations) {
            locations.add(one.location());
            options.put(one.location(), one.options());
        }
        return OpenRequest.of(locations, StorageOptions.defaults().withElsewhere(options));
    }

    /** Wipes the secrets that {@link #open} copied, when all destinations are closed. */
    public static void wipe(OpenRequest request) {
        request.options().elsewhere().values().forEach(one -> one.credentials().close());
    }

    @Override
    public void close() {
        Arrays.fill(password, '\0');
        Arrays.fill(privateKey, (byte) 0);
        Arrays.fill(passphrase, '\0');
    }

    @Override
    public String toString() {
        return "access to " + Optional.ofNullable(location).orElse("");
    }

    /** A location alone, with the usual timeouts. */
    private static final class PlainReaching implements Reaching {

        private final String location;

        PlainReaching(String location) {
            this.location = location;
        }

        @Override
        public String getLocation() {
            return location;
        }

        @Override
        public String getCredentialsId() {
            return "";
        }

        @Override
        public String getPruningCredentialsId() {
            return "";
        }

        @Override
        public String getKnownHosts() {
            return "";
        }

        @Override
        public String getCertificates() {
            return "";
        }

        @Override
        public int getConnectTimeout() {
            return Math.toIntExact(StorageOptions.defaults().connectTimeout().toSeconds());
        }

        @Override
        public int getOperationTimeout() {
            return Math.toIntExact(StorageOptions.defaults().operationTimeout().toSeconds());
        }
    }
}
