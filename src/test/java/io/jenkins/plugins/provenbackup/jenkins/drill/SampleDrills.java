package io.jenkins.plugins.provenbackup.jenkins.drill;

import io.jenkins.plugins.provenbackup.engine.recovery.RecoveryTestResult;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.TestRecord;
import io.jenkins.plugins.provenbackup.jenkins.results.CheckReport;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillPlace;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillReport;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillStep;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillSubject;
import io.jenkins.plugins.provenbackup.jenkins.results.Objectives;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import io.jenkins.plugins.provenbackup.jenkins.results.ReportSubject;
import io.jenkins.plugins.provenbackup.jenkins.results.RunTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Drills with numbers that are easy to tell apart. */
final class SampleDrills {

    /** 2026-06-01 12:00 in UTC. */
    static final long START = Instant.parse("2026-06-01T12:00:00Z").toEpochMilli();

    static final String HOME = "home/jenkinsHome";

    private static final String OFFSITE = "sftp://host/offsite";

    private SampleDrills() {}

    /** One of 1,000 files and 8,000,000 bytes, two hours old, held against 24 hours and half an hour. */
    static RecoveryTestReport test(Duration restore, List<String> problems, CheckReport... checks) {
        TestRecord record = new TestRecord(
                new SnapshotId("ab".repeat(32)),
                Instant.ofEpochMilli(START),
                "home#1@host",
                List.of(OFFSITE),
                restore.isZero() ? 0 : 1000,
                restore.isZero() ? 0 : 8_000_000,
                restore,
                restore.isZero() ? Duration.ZERO : Duration.ofMinutes(1),
                List.of(),
                problems.size(),
                problems);
        return RecoveryTestReport.of(
                new ReportSubject("home", HOME, Map.of(OFFSITE, "offsite")),
                new RecoveryTestResult(record, List.of(OFFSITE), Map.of(), Map.of(), List.of(), Optional.empty()),
                List.of(checks),
                new Objectives(
                        Duration.ofHours(2), Optional.of(Duration.ofHours(24)), Optional.of(Duration.ofMinutes(30))),
                new RunTimes(START, Map.of()),
                Duration.ofMinutes(12));
    }

    /** From the destination {@code offsite}, of a quarter of an hour. */
    static DrillReport drill(int number, RecoveryTestReport... tests) {
        return report(number, found(tests));
    }

    static DrillReport.Found found(RecoveryTestReport... tests) {
        DrillReport.Found found = new DrillReport.Found();
        found.choose(
                "offsite",
                "The last restore from it alone was the slowest of all.",
                List.of(
                        DrillPlace.answering("nas", "Quick."),
                        DrillPlace.answering("offsite", "Slow.").asChosen()));
        found.add(new DrillStep("look at the destinations", "", START, 2000, ""));
        for (RecoveryTestReport test : tests) {
            found.add(test);
            TestSteps.of(test, START + 2000, START + 700_000, START + 800_000).forEach(found::add);
        }
        return found;
    }

    static DrillReport report(int number, DrillReport.Found found) {
        DrillSubject subject = new DrillSubject(
                "home", "schedule:home#7", "proven-backup-runs/policy/home/7/", START + number * 1000L);
        return DrillReport.of(subject, found, number, subject.startMillis() + 900_000);
    }
}
