package io.jenkins.plugins.provenbackup.engine.target;

import java.time.Instant;
import java.util.Optional;

/**
 * What an entry's metadata is before the snapshot's is applied.
 *
 * @param created whether this restore made the entry, so that it belongs to us and has no attributes yet
 * @param mtime empty when it is that of a new entry
 */
record Fresh(boolean created, int mode, int uid, int gid, Optional<Instant> mtime) {

    static Fresh created(int mode, Abilities abilities) {
        return new Fresh(true, mode, abilities.uid(), abilities.gid(), Optional.empty());
    }

    static Fresh created(Found now) {
        return new Fresh(true, now.mode(), now.uid(), now.gid(), Optional.empty());
    }

    static Fresh existing(Found now) {
        return new Fresh(false, now.mode(), now.uid(), now.gid(), Optional.of(now.mtime()));
    }
}
