package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Metadata;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/** The one item of a source that is read once and whose length shows at its end. */
final class StreamItem implements SourceItem {

    /** Opens the content; called once. */
    @FunctionalInterface
    interface Opening {
        SourceContent open() throws IOException;
    }

    private static final int PRIVATE = 0600;

    private final Node node;
    private final Opening opening;
    private final AtomicBoolean opened = new AtomicBoolean();

    StreamItem(EntryPath entry, Opening opening) {
        Instant now = Instant.now();
        Owner owner = Owner.ofThisProcess();
        Metadata metadata = new Metadata(PRIVATE, owner.uid(), owner.gid(), "", "", now, now, 0, 0, List.of());
        this.node = new Node(entry, EntryType.FILE, metadata, 0, ByteString.EMPTY);
        this.opening = opening;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.empty();
    }

    @Override
    public Node complete() {
        return node;
    }

    @Override
    public SourceContent open() throws UnreadableItemException, SourceException {
        if (!opened.compareAndSet(false, true)) {
            throw new IllegalStateException("'" + node.path() + "' can be read only once");
        }
        try {
            return opening.open();
        } catch (SourceException e) {
            throw e;
        } catch (IOException e) {
            throw ReadFailure.thrown(node.path(), e);
        }
    }

    @Override
    public Optional<SourceItem> again() {
        return Optional.empty();
    }
}
