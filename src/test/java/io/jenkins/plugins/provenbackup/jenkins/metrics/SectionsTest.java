package io.jenkins.plugins.provenbackup.jenkins.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.jenkins.results.Report;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SectionsTest {

    @Test
    void aBackupShowsAllItsNumbers() {
        ReportSection section = Sections.of(SampleReports.backup("p"), "report-1");

        assertThat(lines(section.getTiles()))
                .containsExactly(
                        "Files: 1,000 (7.6 MiB)",
                        "New content: 3.8 MiB ()",
                        "Stored: 976.6 KiB ()",
                        "Duration: 20 s (244.1 KiB/s)",
                        "Copies: 2 of 2 (2 required)");
        assertThat(lines(section.getFacts()))
                .contains(
                        "Type: incremental ()",
                        "Files: 1,000 (400 new, 100 changed, 500 unchanged)",
                        "Read: 4.8 MiB (5,000,000 bytes)",
                        "New content: 3.8 MiB (4,000,000 bytes)",
                        "Stored: 976.6 KiB (1,000,000 bytes)",
                        "Deduplication: 2.00 : 1 (size of the source against new content)",
                        "Compression: 4.00 : 1 (new content against what was stored)",
                        "Throughput: 244.1 KiB/s (read from the source, over the whole duration)");
        assertThat(section.getCharts()).hasSize(4).allMatch(chart -> chart.contains("<svg"));
        assertThat(section.getDestinations()).hasSize(2);
        assertThat(section.getState()).isEqualTo("complete");
        assertThat(section.getVerdict()).isEqualTo(Verdict.GOOD);
    }

    @Test
    void aRecoveryTestIsHeldAgainstItsObjectives() {
        ReportSection section = Sections.of(SampleReports.recoveryTest("p", Duration.ofHours(3)), "report-1");

        assertThat(lines(section.getTiles()))
                .startsWith(
                        "Recovery time (RTO): 10 min 0 s (objective 30 min)",
                        "Recovery point (RPO): 3 h 0 min (objective 24 h)");
        assertThat(lines(section.getFacts())).contains("Recovery time (RTO): met (objective 30 min)");
        assertThat(section.getCharts().get(0)).contains("10 min 0 s of 30 min");
        assertThat(section.getChecks()).hasSize(1);
        assertThat(section.getVerdict()).isEqualTo(Verdict.GOOD);
    }

    @Test
    void anObjectiveThatWasMissedIsSaid() {
        ReportSection section = Sections.of(SampleReports.recoveryTest("p", Duration.ofHours(25)), "report-1");

        assertThat(section.getState()).isEqualTo("objective missed");
        assertThat(section.getVerdict()).isEqualTo(Verdict.WARNING);
        assertThat(lines(section.getFacts())).contains("Recovery point (RPO): missed (objective 24 h)");
    }

    @Test
    void aRestoreSaysWhatItWrote() {
        ReportSection section = Sections.of(SampleReports.restore(""), "report-1");

        assertThat(section.getTitle()).isEqualTo("Restore of job/src");
        assertThat(lines(section.getFacts()))
                .contains(
                        "Target: restored ()",
                        "Read from: nas ()",
                        "Files written: 12 ()",
                        "Written: 4.0 KiB (4,096 bytes)");
    }

    @Test
    void aCopyThatIsMissingIsAWarning() {
        Report report = SampleReports.backup("p", BackupResult.State.UNREACHABLE);

        assertThat(Verdict.on(report)).isEqualTo(Verdict.WARNING);
        assertThat(new ReportRow(report).getState()).isEqualTo("incomplete");
        assertThat(Sections.of(report, "report-1").getCharts()).anyMatch(chart -> chart.contains("0 B · unreachable"));
    }

    @Test
    void chartsOfSeveralReportsKeepTheirNamesApart() {
        assertThat(Sections.of(SampleReports.backup(""), "report-2").getCharts().get(1))
                .startsWith("<figure class=\"pb-chart\" id=\"report-2-chart-2\">");
    }

    private static List<String> lines(List<Fact> facts) {
        return facts.stream()
                .map(fact -> fact.getLabel() + ": " + fact.getValue() + " (" + fact.getNote() + ")")
                .toList();
    }
}
