package io.jenkins.plugins.provenbackup.jenkins.start;

import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.sftp.HostKeys;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupDestination;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** An SFTP server whose key nobody has compared yet. */
public final class UnknownHost {

    private final BackupDestination destination;
    private final HostKeys.Shown key;

    private UnknownHost(BackupDestination destination, HostKeys.Shown key) {
        this.destination = destination;
        this.key = key;
    }

    /** Asks the server of a destination; nothing when it is known, or is no SFTP server. */
    static Optional<UnknownHost> of(BackupDestination destination) throws StorageException {
        StorageLocation location = StorageLocation.parse(destination.getLocation());
        if (!location.scheme().equals("sftp")) {
            return Optional.empty();
        }
        Path knownHosts = Path.of(System.getProperty("user.home"), ".ssh", "known_hosts");
        HostKeys.Shown shown = HostKeys.ask(location, Duration.ofSeconds(destination.getConnectTimeout()), knownHosts);
        return switch (shown.known()) {
            case YES -> Optional.empty();
            case NO -> Optional.of(new UnknownHost(destination, shown));
            case DIFFERENT ->
                throw new StorageException(
                        "The host key of " + location.host() + " differs from the one in " + knownHosts
                                + ": the server was set up anew, or somebody is in between. When you know that it is right, remove"
                                + " the old line from that file.");
        };
    }

    /** Whose key it is. */
    public String getLocation() {
        return destination.getLocation();
    }

    /** For a person to compare. */
    public String getFingerprint() {
        return key.fingerprint();
    }

    /** A person compared it. */
    void trust() {
        destination.setKnownHosts(key.line());
    }
}
