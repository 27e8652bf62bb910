package io.jenkins.plugins.provenbackup.engine.transfer;

import io.jenkins.plugins.provenbackup.engine.catalog.SegmentRef;
import io.jenkins.plugins.provenbackup.engine.catalog.SegmentSource;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fetches catalog segments from the first destination that has them. Small objects are fetched whole and kept for the
 * neighbours, a few of them at a time. For one thread.
 */
public final class CatalogFetcher implements SegmentSource {

    /** Objects up to this size are fetched whole: one request instead of one for each segment. */
    private static final long WHOLE = 4 << 20;

    private static final int KEPT = 2;

    private final List<Replica> replicas;
    private final Map<String, byte[]> kept = new LinkedHashMap<>(4, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > KEPT;
        }
    };

    public CatalogFetcher(List<Replica> replicas) {
        this.replicas = List.copyOf(replicas);
    }

    @Override
    public byte[] sealed(SegmentRef segment) throws IOException {
        return opened(segment, bytes -> bytes);
    }

    @Override
    public byte[] opened(SegmentRef segment, Opener opener) throws IOException {
        String name = Layout.catalog(segment.object().hash());
        byte[] whole = kept.get(name);
        if (whole != null) {
            return opener.open(part(whole, segment));
        }
        IOException failure = new StorageException.Missing("No destination was given to read " + name + " from.");
        for (Replica replica : replicas) {
            try {
                if (segment.object().size() > WHOLE) {
                    return opener.open(replica.storage().read(name, segment.offset(), segment.length()));
                }
                byte[] object = replica.read(name, segment.object().hash());
                requireSize(object, segment);
                kept.put(name, object);
                return opener.open(part(object, segment));
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private static void requireSize(byte[] object, SegmentRef segment) throws DamagedException {
        if (object.length != segment.object().size()) {
            throw new DamagedException("Catalog object " + segment.object().hash() + " has " + object.length
                    + " bytes, but its snapshot says " + segment.object().size() + ": the snapshot is faulty."
                    + " Use an older one.");
        }
    }

    private static byte[] part(byte[] object, SegmentRef segment) {
        int from = Math.toIntExact(segment.offset());
        byte[] sealed = new byte[segment.length()];
        System.arraycopy(object, from, sealed, 0, sealed.length);
        return sealed;
    }
}
