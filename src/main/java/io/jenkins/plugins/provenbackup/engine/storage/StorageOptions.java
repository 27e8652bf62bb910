package io.jenkins.plugins.provenbackup.engine.storage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How to reach a storage.
 *
 * @param credentials how to log in where the book has no entry
 * @param book how to log in at certain places
 * @param elsewhere how to reach certain locations instead, each exactly as it was named
 * @param knownHosts the file that SFTP host keys are checked against; {@code ~/.ssh/known_hosts} when empty
 * @param connectTimeout how long a connection and the log-in may take
 * @param operationTimeout how long an operation may go on without any progress
 * @param trustedCertificates a PEM file of certificates, or authorities, that TLS trusts beside those that Java trusts
 * @param connections how many connections may be open at once, 1 to 64; streams that were opened and not closed hold one
 *     each
 */
public record StorageOptions(
        StorageCredentials credentials,
        CredentialBook book,
        Map<StorageLocation, StorageOptions> elsewhere,
        Optional<GivenFile> knownHosts,
        Duration connectTimeout,
        Duration operationTimeout,
        int connections,
        Optional<GivenFile> trustedCertificates) {

    private static final int MOST_CONNECTIONS = 64;

    public StorageOptions {
        if (connections < 1 || connections > MOST_CONNECTIONS) {
            throw new IllegalArgumentException("connections must be 1 to " + MOST_CONNECTIONS + ": " + connections);
        }
        requirePositive(connectTimeout);
        requirePositive(operationTimeout);
        elsewhere = Map.copyOf(elsewhere);
    }

    /** No credentials, 20 s to connect, 60 s without progress, 4 connections. */
    public static StorageOptions defaults() {
        return new StorageOptions(
                StorageCredentials.none(),
                CredentialBook.empty(),
                Map.of(),
                Optional.empty(),
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                4,
                Optional.empty());
    }

    public StorageOptions withCredentials(StorageCredentials newCredentials) {
        return new StorageOptions(
                newCredentials,
                book,
                elsewhere,
                knownHosts,
                connectTimeout,
                operationTimeout,
                connections,
                trustedCertificates);
    }

    public StorageOptions withBook(CredentialBook newBook) {
        return new StorageOptions(
                credentials,
                newBook,
                elsewhere,
                knownHosts,
                connectTimeout,
                operationTimeout,
                connections,
                trustedCertificates);
    }

    /** The same, with other options for certain locations. */
    public StorageOptions withElsewhere(Map<StorageLocation, StorageOptions> others) {
        return new StorageOptions(
                credentials,
                book,
                others,
                knownHosts,
                connectTimeout,
                operationTimeout,
                connections,
                trustedCertificates);
    }

    /** The options of a location's own, if there are any; else these, with the credentials that the book has for it, if any. */
    public StorageOptions at(StorageLocation location) {
        StorageOptions own = elsewhere.get(location);
        if (own != null) {
            return own;
        }
        return book.find(location).map(this::withCredentials).orElse(this);
    }

    /** Whom to log in as at a location: the user it names, or the one of the credentials. */
    public Optional<String> userAt(StorageLocation location) {
        return location.user().or(credentials::user);
    }

    public StorageOptions withKnownHosts(Path file) {
        return withKnownHosts(GivenFile.of(file));
    }

    public StorageOptions withKnownHosts(GivenFile file) {
        return new StorageOptions(
                credentials,
                book,
                elsewhere,
                Optional.of(file),
                connectTimeout,
                operationTimeout,
                connections,
                trustedCertificates);
    }

    public StorageOptions withTimeouts(Duration connect, Duration operation) {
        return new StorageOptions(
                credentials, book, elsewhere, knownHosts, connect, operation, connections, trustedCertificates);
    }

    public StorageOptions withConnections(int newConnections) {
        return new StorageOptions(
                credentials,
                book,
                elsewhere,
                knownHosts,
                connectTimeout,
                operationTimeout,
                newConnections,
                trustedCertificates);
    }

    public StorageOptions withTrustedCertificates(Path file) {
        return withTrustedCertificates(GivenFile.of(file));
    }

    public StorageOptions withTrustedCertificates(GivenFile file) {
        return new StorageOptions(
                credentials,
                book,
                elsewhere,
                knownHosts,
                connectTimeout,
                operationTimeout,
                connections,
                Optional.of(file));
    }

    private static void requirePositive(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("A timeout must be longer than nothing: " + timeout);
        }
    }
}
