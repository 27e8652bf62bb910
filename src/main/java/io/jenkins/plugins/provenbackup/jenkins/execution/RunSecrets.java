package io.jenkins.plugins.provenbackup.jenkins.execution;

import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.KeyFile;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.jenkins.access.SourceNames;
import io.jenkins.plugins.provenbackup.jenkins.secrets.ControllerKeys;
import io.jenkins.plugins.provenbackup.jenkins.secrets.DestinationAccess;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one run of the engine needs to know and nobody may keep: the key of its source, and how to log in at the destinations. Made
 * when it is sent, wiped by both sides when the run has ended. That of a JENKINS_HOME refuses to be sent.
 */
final class RunSecrets implements Serializable, AutoCloseable {

    private static final long serialVersionUID = 1L;

    private final String source;
    private final byte[] key;
    private final ArrayList<DestinationAccess> destinations;

    private RunSecrets(String source, byte[] key, List<DestinationAccess> destinations) {
        this.source = source;
        this.key = key;
        this.destinations = new ArrayList<>(destinations);
    }

    /** Takes over the destinations. */
    static RunSecrets of(ControllerKeys keys, String source, List<DestinationAccess> destinations) throws IOException {
        if (!SourceNames.isHome(source)) {
            return new RunSecrets(source, keys.exportSourceKey(source), destinations);
        }
        try (SourceKey home = keys.sourceKey(source)) {
            return new RunSecrets(source, KeyFile.encode(home), destinations);
        }
    }

    /** The source's key; the caller closes it. */
    SourceKey sourceKey() throws IOException {
        AccessKey parsed = KeyFile.parse(key);
        return parsed.sourceKey(source)
                .orElseThrow(() -> new RefusedException("The key that was sent is not that of '" + source + "'."));
    }

    /** How to open the destinations; {@link DestinationAccess#wipe} it when they are closed. */
    OpenRequest open() throws IOException {
        return DestinationAccess.open(destinations);
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        if (SourceNames.isHome(source)) {
            throw new NotSerializableException("The key of '" + source + "' does not leave the controller.");
        }
        out.defaultWriteObject();
    }

    @Override
    public void close() {
        Arrays.fill(key, (byte) 0);
        destinations.forEach(DestinationAccess::close);
    }

    @Override
    public String toString() {
        return "secrets of a run of " + source;
    }
}
