package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.policy.RetentionRules;
import io.jenkins.plugins.provenbackup.engine.policy.Span;
import io.jenkins.plugins.provenbackup.engine.repository.HoldRecords;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.snapshots.Forget;
import io.jenkins.plugins.provenbackup.engine.snapshots.ForgetRequest;
import io.jenkins.plugins.provenbackup.engine.snapshots.ForgetResult;
import io.jenkins.plugins.provenbackup.engine.snapshots.Holds;
import io.jenkins.plugins.provenbackup.engine.snapshots.ListSnapshots;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotList;
import io.jenkins.plugins.provenbackup.engine.snapshots.Tag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stays although a rule lets it go: what is held, what is young, the last complete one. */
class RetentionTest {

    private static final RetentionRules LAST = new RetentionRules(1, 0, 0, 0, 0, 0, Optional.empty());

    @TempDir
    private Path temp;

    private final ManualClock clock = new ManualClock();
    private final List<SnapshotId> ids = new ArrayList<>();
    private Laboratory laboratory;

    @BeforeEach
    void fourSnapshotsADayApart() throws Exception {
        laboratory = Laboratory.at(temp.resolve("a"), temp.resolve("b"));
        laboratory.clock(clock);
        for (int i = 0; i < 4; i++) {
            SampleFiles.write(temp.resolve("tree/file"), 300_000, i);
            clock.advance(Duration.ofDays(1));
            ids.add(laboratory
                    .backup(temp.resolve("tree"), SnapshotKind.FULL)
                    .snapshot()
                    .orElseThrow());
        }
    }

    @AfterEach
    void close() {
        laboratory.close();
    }

    private ForgetResult forget(RetentionRules rules, ForgetRequest.Exceptions exceptions, SnapshotId... chosen)
            throws Exception {
        SnapshotList list = list();
        List<Snapshot> considered = list.snapshots().stream()
                .filter(one -> chosen.length == 0 || Set.of(chosen).contains(one.id()))
                .toList();
        return Forget.run(
                new ForgetRequest(
                        list,
                        considered,
                        Set.of(chosen),
                        rules,
                        exceptions,
                        ZoneOffset.UTC,
                        laboratory.recovery(),
                        "user@host",
                        ForgetRequest.Mode.WRITE),
                clock);
    }

    private SnapshotList list() throws Exception {
        return ListSnapshots.run(laboratory.replicas(), laboratory.recovery());
    }

    private Snapshot snapshot(SnapshotId id) throws Exception {
        return list().snapshots().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Holds.Result hold(SnapshotId id, boolean held) throws Exception {
        HoldRecords.Hold hold = new HoldRecords.Hold(held, "for the auditors", "user@host", clock.instant());
        return Holds.put(snapshot(id), list(), hold, laboratory.recovery());
    }

    private static Map<SnapshotId, List<String>> reasons(ForgetResult result) {
        return result.decisions().stream()
                .collect(Collectors.toMap(one -> one.snapshot().id(), ForgetResult.Decision::keptBy));
    }

    private Set<SnapshotId> left(int index) throws Exception {
        return laboratory.snapshots(index).stream().map(Manifest::id).collect(Collectors.toSet());
    }

    @Test
    void whatIsHeldStaysAndSaysSoUntilItIsReleased() throws Exception {
        assertThat(hold(ids.get(0), true).changed()).isTrue();
        assertThat(hold(ids.get(0), true).changed()).isFalse();

        ForgetResult result = forget(LAST, ForgetRequest.Exceptions.NONE);
        assertThat(reasons(result)).containsEntry(ids.get(0), List.of("held"));
        assertThat(reasons(result)).containsEntry(ids.get(3), List.of("last 1/1"));
        assertThat(left(0)).isEqualTo(left(1)).containsExactlyInAnyOrder(ids.get(0), ids.get(3));

        assertThatThrownBy(() -> forget(RetentionRules.NONE, ForgetRequest.Exceptions.NONE, ids.get(0)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("held")
                .hasMessageContaining("for the auditors");

        assertThat(hold(ids.get(0), false).changed()).isTrue();
        forget(LAST, ForgetRequest.Exceptions.NONE);
        assertThat(left(0)).containsExactly(ids.get(3));
        assertThat(laboratory.objects(0, "holds")).hasSize(2).isEqualTo(laboratory.objects(0, "holds"));
    }

    @Test
    void aHoldAtOneDestinationCountsEverywhereAndADamagedRecordHolds() throws Exception {
        hold(ids.get(0), true);
        String record = laboratory.objects(0, "holds").get(0).name();
        Files.delete(temp.resolve("a").resolve(record));
        assertThat(reasons(forget(LAST, ForgetRequest.Exceptions.NONE))).containsEntry(ids.get(0), List.of("held"));
        Files.write(temp.resolve("b").resolve(record), new byte[] {1, 2, 3});
        forget(LAST, ForgetRequest.Exceptions.NONE);
        assertThat(left(0)).containsExactlyInAnyOrder(ids.get(0), ids.get(3));
    }

    @Test
    void whatIsYoungerThanTheMinimumAgeStays() throws Exception {
        var exceptions = new ForgetRequest.Exceptions(Optional.of(Span.parse("36h")), Optional.empty());
        clock.advance(Duration.ofHours(1));
        assertThat(reasons(forget(LAST, exceptions)))
                .containsEntry(ids.get(2), List.of("younger than 36h"))
                .containsEntry(ids.get(3), List.of("last 1/1", "younger than 36h"));
        assertThat(left(0)).containsExactlyInAnyOrder(ids.get(2), ids.get(3));
    }

    @Test
    void rulesCanApplyToEachValueOfATagByItself() throws Exception {
        for (int i = 0; i < 4; i++) {
            Tag.run(snapshot(ids.get(i)), new TreeMap<>(Map.of("branch", "b" + i % 2)), laboratory.recovery());
        }
        forget(LAST, new ForgetRequest.Exceptions(Optional.empty(), Optional.of("branch")));
        assertThat(left(0)).containsExactlyInAnyOrder(ids.get(2), ids.get(3));
    }

    @Test
    void theLastThatIsCompleteStaysAlthoughANewerOneIsDamaged() throws Exception {
        for (String destination : List.of("a", "b")) {
            for (String archive : laboratory.archivesOf(ids.get(3))) {
                Files.delete(temp.resolve(destination).resolve(archive));
            }
        }
        assertThat(reasons(forget(LAST, ForgetRequest.Exceptions.NONE)))
                .containsEntry(ids.get(2), List.of("last complete one"))
                .containsEntry(ids.get(1), List.of());
        assertThat(left(0)).containsExactlyInAnyOrder(ids.get(2), ids.get(3));
    }
}
