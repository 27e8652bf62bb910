package io.jenkins.plugins.provenbackup.engine.restore;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.transfer.StreamKeys;
import java.util.List;

/**
 * What to write to a stream.
 *
 * @param manifest the snapshot
 * @param key of its source
 * @param streamKeys open its content
 * @param replicas where to read, the preferred one first
 * @param path a file, or with an archive format anything
 * @param format of the output
 */
public record CatRequest(
        Manifest manifest,
        SourceKey key,
        StreamKeys streamKeys,
        List<Replica> replicas,
        EntryPath path,
        Format format) {

    /** What is written. */
    public enum Format {
        /** The content of one file. */
        RAW,
        /** A POSIX tar archive, names as bytes. */
        TAR,
        /** A zip archive, names in UTF-8. */
        ZIP
    }

    public CatRequest {
        replicas = List.copyOf(replicas);
    }
}
