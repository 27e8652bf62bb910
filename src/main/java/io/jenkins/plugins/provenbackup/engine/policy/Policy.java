package io.jenkins.plugins.provenbackup.engine.policy;

import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What is to be protected, where to, and what was promised about it. Locations, names and contacts are no secrets; a policy
 * never holds a credential.
 *
 * @param name of the policy
 * @param sources at least one, each of another name
 * @param destinations at least one, each of another name; all of one repository
 * @param minCopies how many destinations must have a snapshot before it counts, 1 to the number of destinations
 * @param backups how backups are made
 * @param objectives what was promised
 * @param contacts who is to be called, in that order
 * @param notes for whoever restores; may be empty
 */
public record Policy(
        String name,
        List<Source> sources,
        List<Destination> destinations,
        int minCopies,
        Backups backups,
        Objectives objectives,
        List<Contact> contacts,
        String notes) {

    /** What a source is. */
    public enum SourceKind {
        /** Files and directories. */
        FILES,
        /** What a command writes. */
        COMMAND,
        /** A Jenkins home, whose parts are known. */
        JENKINS_HOME
    }

    /**
     * Something that is backed up.
     *
     * @param name as snapshots carry it
     * @param kind what it is
     * @param paths files and directories of {@link SourceKind#FILES}, or where the {@link SourceKind#JENKINS_HOME} is, if that
     *     is to be said; empty for other kinds
     * @param sections of a Jenkins home; empty for all, and for other kinds
     * @param command of {@link SourceKind#COMMAND}, for {@code sh -c}; empty for other kinds
     * @param excludes patterns of gitignore syntax
     * @param medium what the original lies on: it counts as a copy
     */
    public record Source(
            String name,
            SourceKind kind,
            List<String> paths,
            List<String> sections,
            String command,
            List<String> excludes,
            String medium) {
        public Source {
            paths = List.copyOf(paths);
            sections = List.copyOf(sections);
            excludes = List.copyOf(excludes);
        }
    }

    /**
     * A place that holds copies.
     *
     * @param name for people
     * @param location where, without credentials
     * @param medium what it lies on, in the policy's own words: disk, tape, cloud
     * @param site whether it burns with the original
     * @param mutability whether an attacker with the writer's rights can change what is there
     * @param retention what is kept there; {@link RetentionRules#NONE} keeps everything
     */
    public record Destination(
            String name,
            StorageLocation location,
            String medium,
            Site site,
            Mutability mutability,
            RetentionRules retention) {

        /** The same place, where something else is kept. */
        public Destination withRetention(RetentionRules rules) {
            return new Destination(name, location, medium, site, mutability, rules);
        }
    }

    /** Where a destination is, as far as a fire is concerned. */
    public enum Site {
        ONSITE,
        OFFSITE
    }

    /** Whether what was written can be changed afterwards. */
    public enum Mutability {
        MUTABLE,
        /** Write-once storage, or a medium that is taken offline. */
        IMMUTABLE
    }

    /**
     * How backups are made.
     *
     * @param kind of scheduled backups
     * @param fullEvery how often a full one is due; empty for never
     * @param schedule when, in the words of whoever runs it: Jenkins cron; empty for none
     * @param zone whose days retention and schedule mean
     */
    public record Backups(SnapshotKind kind, Optional<Duration> fullEvery, Optional<String> schedule, ZoneId zone) {

        /**
         * Whether the newest full snapshot stays although no rule keeps it: without it nobody knows when the next is due, and
         * a differential has no base.
         */
        public boolean keepsNewestFull() {
            return fullEvery.isPresent() || kind == SnapshotKind.DIFFERENTIAL;
        }

        /** What the next backup is: a full one where that is due. */
        public SnapshotKind next(Optional<Instant> newestFull, Instant now) {
            boolean isDue = fullEvery
                    .filter(every -> newestFull.isEmpty()
                            || !newestFull.get().plus(every).isAfter(now))
                    .isPresent();
            return isDue ? SnapshotKind.FULL : kind;
        }
    }

    /**
     * What was promised.
     *
     * @param rpo the newest recovery point may be that old
     * @param rto a restore of everything may take that long
     * @param recoveryTest the last recovery test may be that old
     * @param copies how many copies there must be, and where
     */
    public record Objectives(
            Optional<Duration> rpo,
            Optional<Duration> rto,
            Optional<Duration> recoveryTest,
            Optional<CopyRule> copies) {

        /** Nothing was promised. */
        public static final Objectives NONE =
                new Objectives(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Somebody to be called.
     *
     * @param name of a person or a team
     * @param role what for; may be empty
     * @param phone may be empty
     * @param email may be empty
     */
    public record Contact(String name, String role, String phone, String email) {}

    /**
     * Checks what must hold between the parts.
     *
     * @throws IllegalArgumentException when it does not, in words for the user
     */
    public Policy {
        sources = List.copyOf(sources);
        destinations = List.copyOf(destinations);
        contacts = List.copyOf(contacts);
        requireDistinct("sources", sources.stream().map(Source::name).toList());
        requireDistinct(
                "destinations", destinations.stream().map(Destination::name).toList());
        if (minCopies < 1 || minCopies > destinations.size()) {
            throw new IllegalArgumentException(
                    "minCopies is 1 to the number of destinations, which is " + destinations.size());
        }
    }

    private static void requireDistinct(String what, List<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a policy needs at least one entry in " + what);
        }
        for (int i = 0; i < names.size(); i++) {
            if (names.indexOf(names.get(i)) != i) {
                throw new IllegalArgumentException(
                        "two " + what + " are named '" + names.get(i) + "': give one another name");
            }
        }
    }
}
