package io.jenkins.plugins.provenbackup.engine.restore;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.source.Excludes;
import io.jenkins.plugins.provenbackup.engine.target.Overwrite;
import io.jenkins.plugins.provenbackup.engine.target.Ownership;
import io.jenkins.plugins.provenbackup.engine.target.Unlisted;
import io.jenkins.plugins.provenbackup.engine.transfer.StreamKeys;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to restore, from where, and how.
 *
 * @param manifest the snapshot
 * @param key of its source
 * @param streamKeys open its content
 * @param replicas where to read, the preferred one first
 * @param within the directory whose content goes into the target; {@link EntryPath#ROOT} for all of the snapshot
 * @param target directory
 * @param includes patterns of gitignore syntax, seen from there; empty for everything
 * @param overwrite what happens to files that are there
 * @param ownership what happens to owners
 * @param unlisted what happens to what the snapshot does not have
 * @param mode whether anything is written
 */
public record RestoreRequest(
        Manifest manifest,
        SourceKey key,
        StreamKeys streamKeys,
        List<Replica> replicas,
        EntryPath within,
        Path target,
        Optional<Excludes> includes,
        Overwrite overwrite,
        Ownership ownership,
        Unlisted unlisted,
        Mode mode) {

    /** Whether anything is written. */
    public enum Mode {
        WRITE,
        /** Tells what would be done. */
        DRY_RUN
    }

    public RestoreRequest {
        replicas = List.copyOf(replicas);
    }

    /** Of all of a snapshot. */
    public RestoreRequest(
            Manifest manifest,
            SourceKey key,
            StreamKeys streamKeys,
            List<Replica> replicas,
            Path target,
            Optional<Excludes> includes,
            Overwrite overwrite,
            Ownership ownership,
            Unlisted unlisted,
            Mode mode) {
        this(
                manifest,
                key,
                streamKeys,
                replicas,
                EntryPath.ROOT,
                target,
                includes,
                overwrite,
                ownership,
                unlisted,
                mode);
    }
}
