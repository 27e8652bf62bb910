package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.FieldReader;
import io.jenkins.plugins.provenbackup.engine.catalog.FieldWriter;
import io.jenkins.plugins.provenbackup.engine.catalog.MalformedException;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.time.Instant;
import java.util.Optional;

/**
 * What a mirror run leaves of one file for the next.
 *
 * @param path of the file
 * @param size of source and copy, in bytes
 * @param mtime of the source
 * @param ctime of the source
 * @param inode of the source, without its highest bit
 * @param hash SHA-256 of the content, when it was read
 * @param copied what the mirror tells as the copy's mtime
 */
public record RememberedFile(
        EntryPath path,
        long size,
        Instant mtime,
        Instant ctime,
        long inode,
        Optional<ObjectHash> hash,
        Instant copied) {

    /** Fewest bytes that one takes. */
    static final int LEAST = 8;

    static RememberedFile read(FieldReader in) throws MalformedException {
        byte[] path = in.bytes("path", EntryPath.MAX_LENGTH);
        return new RememberedFile(
                path(in, path),
                in.varint("size"),
                in.time("mtime"),
                in.time("ctime"),
                in.varint("inode"),
                in.varint("whether there is a hash", 1) == 1
                        ? Optional.of(ObjectHash.of(in.raw(ObjectHash.LENGTH, "hash")))
                        : Optional.empty(),
                in.time("mtime of the copy"));
    }

    void write(FieldWriter out) {
        out.bytes(path.toByteArray()).varint(size).time(mtime).time(ctime).varint(inode);
        out.varint(hash.isPresent() ? 1 : 0);
        hash.ifPresent(known -> out.raw(known.toByteArray()));
        out.time(copied);
    }

    private static EntryPath path(FieldReader in, byte[] path) throws MalformedException {
        try {
            return EntryPath.of(path);
        } catch (IllegalArgumentException e) {
            throw in.malformed(String.valueOf(e.getMessage()));
        }
    }
}
