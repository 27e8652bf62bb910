package io.jenkins.plugins.provenbackup.jenkins.execution;

import io.jenkins.plugins.provenbackup.engine.backup.BackupRequest;
import io.jenkins.plugins.provenbackup.engine.catalog.ChangeRule;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.jenkins.results.ReportSubject;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is to be backed up, as what and how. Holds no secret. */
final class BackupOrder implements Serializable {

    /** Tag by which attempts at the same run know each other. */
    static final String RUN_TAG = "jenkins-run";

    /** Tag that says which build made the snapshot. */
    static final String BUILD_TAG = "jenkins-build";

    private static final long serialVersionUID = 1L;

    private final ReadableSource source;
    private final ReportSubject subject;
    private final Attempt attempt;
    private final String run;
    private final SnapshotKind kind;
    private final long fullEveryMillis;
    private final TreeMap<String, String> tags;
    private final EnumSet<ChangeRule.Ignored> ignored;
    private final int minCopies;
    private final BackupRequest.Mode mode;
    private final long uploadRate;
    private final long catchUpMillis;

    /** How it is done: what a user may choose. */
    static final class Options {
        SnapshotKind kind = SnapshotKind.INCREMENTAL;
        Optional<Duration> fullEvery = Optional.empty();
        SortedMap<String, String> tags = new TreeMap<>();
        Set<ChangeRule.Ignored> ignored = EnumSet.noneOf(ChangeRule.Ignored.class);
        int minCopies;
        BackupRequest.Mode mode = BackupRequest.Mode.WRITE;
        long uploadRate;
        Duration catchUp = Duration.ofMinutes(10);
    }

    BackupOrder(ReadableSource source, ReportSubject subject, Attempt attempt, String run, Options options) {
        this.source = source;
        this.subject = subject;
        this.attempt = attempt;
        this.run = run;
        this.kind = options.kind;
        this.fullEveryMillis = options.fullEvery.map(Duration::toMillis).orElse(0L);
        this.tags = new TreeMap<>(options.tags);
        this.tags.put(RUN_TAG, run);
        this.ignored = EnumSet.noneOf(ChangeRule.Ignored.class);
        this.ignored.addAll(options.ignored);
        this.minCopies = options.minCopies;
        this.mode = options.mode;
        this.uploadRate = options.uploadRate;
        this.catchUpMillis = options.catchUp.toMillis();
    }

    ReadableSource source() {
        return source;
    }

    ReportSubject subject() {
        return subject;
    }

    Attempt attempt() {
        return attempt;
    }

    /** Random; the same for every attempt. */
    String run() {
        return run;
    }

    /** Whether the kind depends on how old the last full snapshot is. */
    boolean isFullDueSometimes() {
        return fullEveryMillis > 0;
    }

    /** What it becomes. */
    SnapshotKind kind(Optional<Instant> newestFull, Instant now) {
        Optional<Duration> every =
                fullEveryMillis > 0 ? Optional.of(Duration.ofMillis(fullEveryMillis)) : Optional.empty();
        return new Policy.Backups(kind, every, Optional.empty(), ZoneOffset.UTC).next(newestFull, now);
    }

    SortedMap<String, String> tags() {
        return new TreeMap<>(tags);
    }

    Set<ChangeRule.Ignored> ignored() {
        return EnumSet.copyOf(ignored);
    }

    /** So many of the destinations must have it. */
    int minCopies() {
        return minCopies;
    }

    BackupRequest.Mode mode() {
        return mode;
    }

    /** Bytes per second to all destinations together; empty for no limit. */
    Optional<Long> uploadRate() {
        return uploadRate > 0 ? Optional.of(uploadRate) : Optional.empty();
    }

    /** How long to go on afterwards for destinations that missed snapshots; zero for not at all. */
    Duration catchUp() {
        return Duration.ofMillis(catchUpMillis);
    }

    /** Tags that a user may not give. */
    static boolean isReserved(Map.Entry<String, String> tag) {
        return tag.getKey().equals(RUN_TAG) || tag.getKey().equals(BUILD_TAG);
    }
}
