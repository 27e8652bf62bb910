package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.OwnDirectories;
import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.ChangeRule;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.source.Source;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What to back up, as what, and where to.
 *
 * @param source what is read
 * @param identity whose snapshot it becomes
 * @param key of that source; encrypts to its newest epoch
 * @param kind what is asked for; FULL is made where there is no parent
 * @param tags of the snapshot
 * @param ignored what a file system may change although nothing happened
 * @param destinations opened and verified, at least one unless this is a dry run
 * @param unreachable destinations that were asked for but could not be opened, with the reason
 * @param minCopies how many destinations must have the snapshot for success, 1 and up
 * @param mode whether anything is written
 */
public record BackupRequest(
        Source source,
        Identity identity,
        SourceKey key,
        SnapshotKind kind,
        SortedMap<String, String> tags,
        Set<ChangeRule.Ignored> ignored,
        List<Replica> destinations,
        Map<String, String> unreachable,
        int minCopies,
        Mode mode) {

    /** Whether anything is written. */
    public enum Mode {
        WRITE,
        /** Reads and compresses everything, and tells what would be stored. */
        DRY_RUN
    }

    /**
     * Whose snapshot it becomes.
     *
     * @param source the source's name
     * @param host where it is taken
     * @param user who takes it
     * @param roots the paths that are backed up
     * @param taken when, for a copy of an older snapshot; empty for now
     */
    public record Identity(String source, String host, String user, List<ByteString> roots, Optional<Period> taken) {
        public Identity {
            roots = List.copyOf(roots);
        }

        /** Of a snapshot that is taken now. */
        public Identity(String source, String host, String user, List<ByteString> roots) {
            this(source, host, user, roots, Optional.empty());
        }
    }

    /** When a snapshot was taken: files that changed around then are told by it. */
    public record Period(Instant start, Instant end) {}

    /** The same without what this backup itself stores, where that lies in the source. */
    BackupRequest withoutItself() {
        return new BackupRequest(
                source.without(OwnDirectories.of(
                        Stream.concat(destinations.stream().map(Replica::location), unreachable.keySet().stream()))),
                identity,
                key,
                kind,
                tags,
                ignored,
                destinations,
                unreachable,
                minCopies,
                mode);
    }

    public BackupRequest {
        tags = new TreeMap<>(tags);
        ignored = Set.copyOf(ignored);
        destinations = List.copyOf(destinations);
        unreachable = Map.copyOf(unreachable);
    }
}
