package io.jenkins.plugins.provenbackup.engine.transfer;

import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.repository.ObjectRef;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.Payload;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Copies an object as it is from one destination to another; needs no key, since the object's name proves its content. */
public final class ObjectCopy {

    private ObjectCopy() {}

    /** No destination that was asked has the object intact; the place that it should go to is not to blame. */
    public static final class NoIntactCopy extends IOException {
        private static final long serialVersionUID = 1L;

        NoIntactCopy(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Copies from the first of the destinations that has the object intact.
     *
     * @param name the object's name, which ends with its hash
     * @return the destination that it came from
     * @throws NoIntactCopy when it is missing or damaged at all of them
     * @throws IOException when one of them cannot be read, or it cannot be stored
     */
    public static Replica copy(List<Replica> from, Replica to, String name, ObjectRef object) throws IOException {
        Optional<IOException> unreadable = Optional.empty();
        IOException failure = new StorageException.Missing(
                "No destination that was reached has " + name + ", which " + to.location() + " lacks.");
        for (Replica replica : from) {
            if (replica == to) {
                continue;
            }
            Source source = new Source(replica, name, object);
            try {
                to.storage().put(name, source);
                return replica;
            } catch (IOException e) {
                failure = source.problem.orElseThrow(() -> e);
                if (!(failure instanceof StorageException.Missing || failure instanceof DamagedException)) {
                    unreadable = Optional.of(failure);
                }
            }
        }
        if (unreadable.isPresent()) {
            throw unreadable.get();
        }
        throw new NoIntactCopy(failure.getMessage(), failure);
    }

    /** An object at another destination, whose bytes are checked as they come. */
    private static final class Source implements Payload {

        private final Replica replica;
        private final String name;
        private final ObjectRef object;
        private volatile Optional<IOException> problem = Optional.empty();

        Source(Replica replica, String name, ObjectRef object) {
            this.replica = replica;
            this.name = name;
            this.object = object;
        }

        @Override
        public long size() {
            return object.size();
        }

        @Override
        public byte[] sha256() {
            return object.hash().toByteArray();
        }

        @Override
        public InputStream open() throws IOException {
            problem = Optional.empty();
            try {
                return new Checked(replica.storage().open(name));
            } catch (IOException e) {
                problem = Optional.of(e);
                throw e;
            }
        }

        /** Fails with the last byte, or the first one too many, when the bytes are not those that the name promises. */
        private final class Checked extends FilterInputStream {

            private final MessageDigest digest = ObjectHash.newDigest();
            private long count;
            private boolean checked;

            Checked(InputStream in) {
                super(in);
            }

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                try {
                    int read = in.read(buffer, offset, length);
                    if (read > 0) {
                        digest.update(buffer, offset, read);
                        count += read;
                    }
                    if (read < 0 || count >= object.size()) {
                        check();
                    }
                    return read;
                } catch (IOException e) {
                    problem = Optional.of(e);
                    throw e;
                }
            }

            /** Not only at the end, since some writers stop reading when they have as much as was announced. */
            private void check() throws DamagedException {
                boolean isIntact = checked ? count == object.size() : Arrays.equals(digest.digest(), sha256());
                checked = true;
                if (!isIntact) {
                    throw new DamagedException(replica.name(name) + " is damaged: its content does not hash to its"
                            + " name. 'verify --repair' copies an intact one there.");
                }
            }

            @Override
            public long skip(long n) throws IOException {
                return Math.max(0, read(new byte[(int) Math.min(n, 8192)]));
            }

            @Override
            public boolean markSupported() {
                return false;
            }
        }
    }
}
