package io.jenkins.plugins.provenbackup.engine.snapshots;

import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.policy.RetentionRules;
import io.jenkins.plugins.provenbackup.engine.policy.Span;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to forget.
 *
 * @param list all snapshots of the destinations
 * @param considered those that rules apply to; the others stay
 * @param chosen forgotten by name, whatever the rules say
 * @param rules what is kept of each source; {@link RetentionRules#NONE} when only named ones are forgotten
 * @param exceptions what stays whatever the rules say, and what they are applied to separately
 * @param zone whose days the rules mean
 * @param key of every source in question
 * @param by who asks, as user@host
 * @param mode whether anything is written
 */
public record ForgetRequest(
        SnapshotList list,
        List<Snapshot> considered,
        Set<SnapshotId> chosen,
        RetentionRules rules,
        Exceptions exceptions,
        ZoneId zone,
        AccessKey key,
        String by,
        Mode mode) {

    /** Whether anything is written. */
    public enum Mode {
        WRITE,
        /** Tells what would go. */
        DRY_RUN
    }

    /**
     * What qualifies the rules.
     *
     * @param minimumAge what is younger stays, by the clock of whoever forgets
     * @param groupBy name of a tag: the rules apply to the snapshots of each of its values by itself
     */
    public record Exceptions(Optional<Span> minimumAge, Optional<String> groupBy) {

        /** Nothing of the kind. */
        public static final Exceptions NONE = new Exceptions(Optional.empty(), Optional.empty());
    }

    /** Without exceptions. */
    public ForgetRequest(
            SnapshotList list,
            List<Snapshot> considered,
            Set<SnapshotId> chosen,
            RetentionRules rules,
            ZoneId zone,
            AccessKey key,
            String by,
            Mode mode) {
        this(list, considered, chosen, rules, Exceptions.NONE, zone, key, by, mode);
    }

    public ForgetRequest {
        considered = List.copyOf(considered);
        chosen = Set.copyOf(chosen);
    }
}
