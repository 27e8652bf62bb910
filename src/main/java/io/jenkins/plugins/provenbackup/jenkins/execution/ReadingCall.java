package io.jenkins.plugins.provenbackup.jenkins.execution;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.OpenDestinations;
import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.storage.RateLimit;
import io.jenkins.plugins.provenbackup.engine.storage.Time;
import io.jenkins.plugins.provenbackup.engine.transfer.StreamKeys;
import io.jenkins.plugins.provenbackup.jenkins.secrets.DestinationAccess;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Optional;

/** Reads a snapshot's content where it is wanted; the keys of its streams are asked of the controller. */
abstract class ReadingCall<V extends Serializable> extends EngineCall<V> {

    private static final long serialVersionUID = 1L;

    private final RunSecrets secrets;
    private transient StreamKeySource streams;

    ReadingCall(RunSecrets secrets, StreamKeySource streams, ProgressSink sink) {
        super(sink);
        this.secrets = secrets;
        this.streams = streams;
    }

    /** Does it with what was opened. */
    abstract V read(Destinations destinations, SourceKey key, StreamKeys streamKeys, ProgressLines progress)
            throws IOException, InterruptedException;

    /** Bytes per second. */
    Optional<Long> downloadRate() {
        return Optional.empty();
    }

    @Override
    final V run(ProgressLines progress) throws IOException, InterruptedException {
        OpenRequest open = secrets.open()
                .withLimits(Optional.empty(), downloadRate().map(rate -> new RateLimit(rate, Time.system())));
        try (Destinations destinations = OpenDestinations.run(open);
                SourceKey key = secrets.sourceKey()) {
            secrets.close();
            destinations.verify(key);
            destinations
                    .unreachable()
                    .forEach((location, reason) -> progress.notice(location + " is left out: " + reason));
            return read(destinations, key, new AgentStreamKeys(streams), progress);
        } finally {
            DestinationAccess.wipe(open);
        }
    }

    @Override
    final void wipe() {
        secrets.close();
    }

    @Override
    final void connect(VirtualChannel channel) {
        super.connect(channel);
        streams = channel.export(StreamKeySource.class, streams);
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
        out.writeObject(streams);
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        streams = (StreamKeySource) in.readObject();
    }
}
