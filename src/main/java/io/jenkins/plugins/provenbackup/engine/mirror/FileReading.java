package io.jenkins.plugins.provenbackup.engine.mirror;

import io.jenkins.plugins.provenbackup.engine.source.SourceContent;
import io.jenkins.plugins.provenbackup.engine.source.SourceItem;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.PlainContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * The content of one file of the source, exactly as long as its item says, and hashed on the way. At its end it is found out
 * whether the file was changed meanwhile. For one thread at a time.
 */
final class FileReading implements PlainContent {

    /** What to do about a file that changes while it is read. */
    enum OnChange {
        /** Fail, so that no mixture of two states gets the file's name. */
        FAIL,
        NOTE
    }

    /** The file changed while it was read. */
    static final class ChangedException extends IOException {
        private static final long serialVersionUID = 1L;

        ChangedException() {
            super("it changed while it was read");
        }
    }

    private final SourceItem item;
    private final OnChange onChange;
    private Optional<ObjectHash> hash = Optional.empty();
    private boolean changed;

    FileReading(SourceItem item, OnChange onChange) {
        this.item = item;
        this.onChange = onChange;
    }

    /** Of what the last stream gave; empty before its end. */
    Optional<ObjectHash> hash() {
        return hash;
    }

    boolean hasChanged() {
        return changed;
    }

    /** Reads all of it, for the hash. */
    ObjectHash readThrough() throws IOException {
        try (InputStream in = open()) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return hash.orElseThrow();
    }

    @Override
    public InputStream open() throws IOException {
        hash = Optional.empty();
        changed = false;
        return new Stream(item.open(), item.node().size());
    }

    private final class Stream extends InputStream {

        private final SourceContent content;
        private final MessageDigest digest = ObjectHash.newDigest();
        private long left;
        private boolean ended;

        Stream(SourceContent content, long size) {
            this.content = content;
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int n = left == 0 ? -1 : content.read(ByteBuffer.wrap(bytes, offset, (int) Math.min(length, left)));
            if (n < 0) {
                end();
                return -1;
            }
            digest.update(bytes, offset, n);
            left -= n;
            return n;
        }

        private void end() throws IOException {
            if (ended) {
                return;
            }
            ended = true;
            if (left > 0) {
                throw new ChangedException();
            }
            changed = content.changed();
            if (changed && onChange == OnChange.FAIL) {
                throw new ChangedException();
            }
            hash = Optional.of(ObjectHash.of(digest.digest()));
        }

        @Override
        public void close() throws IOException {
            content.close();
        }
    }
}
