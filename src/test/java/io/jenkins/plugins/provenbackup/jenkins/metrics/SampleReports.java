package io.jenkins.plugins.provenbackup.jenkins.metrics;

import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.recovery.RecoveryTestResult;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.repository.TestRecord;
import io.jenkins.plugins.provenbackup.engine.repository.Totals;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreResult;
import io.jenkins.plugins.provenbackup.jenkins.results.BackupReport;
import io.jenkins.plugins.provenbackup.jenkins.results.CheckReport;
import io.jenkins.plugins.provenbackup.jenkins.results.Objectives;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import io.jenkins.plugins.provenbackup.jenkins.results.ReportSubject;
import io.jenkins.plugins.provenbackup.jenkins.results.RestoreReport;
import io.jenkins.plugins.provenbackup.jenkins.results.RunTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports with numbers that are easy to tell apart. */
public final class SampleReports {

    private static final SnapshotId ID = new SnapshotId("ab".repeat(32));
    private static final String NAS = "file:///mnt/nas";
    private static final String BARE = "sftp://host/bare";

    private SampleReports() {}

    /** Of 1,000 files, with a destination that has a name and one that has none. */
    public static BackupReport backup(String policy) {
        return backup(policy, BackupResult.State.COMPLETE);
    }

    /** The same, but the second destination may have another state. */
    public static BackupReport backup(String policy, BackupResult.State second) {
        Totals totals =
                new Totals(1000, 20, 3, 8_000_000, 400, 100, 500, 5_000_000, 4_000_000, 1_000_000, 0, 0, 0, 0, 0, 0);
        boolean isThere = second == BackupResult.State.COMPLETE;
        BackupResult result = new BackupResult(
                Optional.of(ID),
                7,
                SnapshotKind.INCREMENTAL,
                Optional.empty(),
                totals,
                List.of(
                        new BackupResult.Destination(NAS, BackupResult.State.COMPLETE, 1_000_100, "", Optional.empty()),
                        new BackupResult.Destination(
                                BARE, second, isThere ? 1_000_100 : 0, isThere ? "" : "no route", Optional.empty())),
                2,
                List.of(),
                0,
                Duration.ofSeconds(20));
        return BackupReport.of(subject(policy), result, List.of(), times("reading", 15_000));
    }

    /** Of 12 files. */
    public static RestoreReport restore(String policy) {
        RestoreResult result = new RestoreResult(
                ID, 12, 3, 1, 0, 4096, 5, 0, 2, Map.of(), List.of(), 0, List.of(), Duration.ofSeconds(2));
        return RestoreReport.of(
                subject(policy),
                result,
                RestoreReport.Kind.WRITTEN,
                "restored",
                List.of(NAS),
                times("restoring", 1900));
    }

    /** One that took ten minutes of half an hour, with a check that passed. */
    public static RecoveryTestReport recoveryTest(String policy, Duration age) {
        TestRecord record = new TestRecord(
                ID,
                Instant.EPOCH,
                "user@host",
                List.of(NAS),
                1000,
                8_000_000,
                Duration.ofMinutes(10),
                Duration.ofMinutes(1),
                List.of(),
                0,
                List.of());
        RecoveryTestResult result =
                new RecoveryTestResult(record, List.of(NAS), Map.of(), Map.of(), List.of(), Optional.empty());
        return RecoveryTestReport.of(
                subject(policy),
                result,
                List.of(CheckReport.passed("smoke test", 30_000)),
                new Objectives(age, Optional.of(Duration.ofHours(24)), Optional.of(Duration.ofMinutes(30))),
                times("restoring", 600_000),
                Duration.ofMinutes(12));
    }

    private static ReportSubject subject(String policy) {
        return new ReportSubject(policy, "job/src", Map.of(NAS, "nas"));
    }

    private static RunTimes times(String phase, long millis) {
        Map<String, Long> phases = new LinkedHashMap<>();
        phases.put("planning", 1000L);
        phases.put(phase, millis);
        return new RunTimes(1_700_000_000_000L, phases);
    }
}
