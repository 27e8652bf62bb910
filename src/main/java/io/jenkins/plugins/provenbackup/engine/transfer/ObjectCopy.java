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

/** Copies an object as it is from one destination to another; needs no key, since the object's name proves its content. */
public final class ObjectCopy {

    private ObjectCopy() {}

    /**
     * Copies from the first of the destinations that has the object intact.
     *
     * @param name the object's name, which ends with its hash
     * @return the destination that it came from
     * @throws IOException when none has it, or it cannot be stored
     */
    public static Replica copy(List<Replica> from, Replica to, String name, ObjectRef object) throws IOException {
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
                if (!source.failed) {
                    throw e;
                }
                failure = e;
            }
        }
        throw failure;
    }

    /** An object at another destination, whose bytes are checked as they come. */
    private static final class Source implements Payload {

        private final Replica replica;
        private final String name;
        private final ObjectRef object;
        private volatile boolean failed;

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
            failed = true;
            InputStream stream = replica.storage().open(name);
            failed = false;
            return new Checked(stream);
        }

        /** Fails at the end when the bytes were not those that the name promises. */
        private final class Checked extends FilterInputStream {

            private final MessageDigest digest = ObjectHash.newDigest();
            private boolean ended;

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
                int count = readOrFail(buffer, offset, length);
                if (count > 0) {
                    digest.update(buffer, offset, count);
                } else if (count < 0 && !ended) {
                    ended = true;
                    if (!Arrays.equals(digest.digest(), sha256())) {
                        failed = true;
                        throw new DamagedException(replica.name(name) + " is damaged: its content does not hash to its"
                                + " name. 'verify --repair' copies an intact one there.");
                    }
                }
                return count;
            }

            private int readOrFail(byte[] buffer, int offset, int length) throws IOException {
                try {
                    return in.read(buffer, offset, length);
                } catch (IOException e) {
                    failed = true;
                    throw e;
                }
            }

            @Override
            public long skip(long count) throws IOException {
                return read(new byte[(int) Math.min(count, 8192)]);
            }

            @Override
            public boolean markSupported() {
                return false;
            }
        }
    }
}
