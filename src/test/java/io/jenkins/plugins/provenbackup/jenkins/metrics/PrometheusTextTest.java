package io.jenkins.plugins.provenbackup.jenkins.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.jenkins.results.Report;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {

    @Test
    void hasTheNumbersOfEachKindOfReport() {
        String text = text(
                SampleReports.backup("p"),
                SampleReports.restore("p"),
                SampleReports.recoveryTest("p", Duration.ofHours(3)));

        assertThat(text.lines())
                .contains(
                        "# HELP proven_backup_files Regular files in the snapshot.",
                        "# TYPE proven_backup_files gauge",
                        "proven_backup_files{policy=\"p\"} 1000",
                        "proven_backup_added_bytes{policy=\"p\"} 4000000",
                        "proven_backup_stored_bytes{policy=\"p\"} 1000000",
                        "proven_backup_dedup_ratio{policy=\"p\"} 2.0",
                        "proven_backup_compression_ratio{policy=\"p\"} 4.0",
                        "proven_backup_duration_seconds{policy=\"p\"} 20.0",
                        "proven_backup_complete{policy=\"p\"} 1",
                        "proven_backup_copies{policy=\"p\"} 2",
                        "proven_backup_restore_written_bytes{policy=\"p\"} 4096",
                        "proven_backup_recovery_test_passed{policy=\"p\"} 1",
                        "proven_backup_rto_seconds{policy=\"p\"} 600.0",
                        "proven_backup_rto_objective_seconds{policy=\"p\"} 1800.0",
                        "proven_backup_rpo_seconds{policy=\"p\"} 10800.0",
                        "proven_backup_rpo_objective_seconds{policy=\"p\"} 86400.0");
    }

    @Test
    void hasNoLabelsButPoliciesAndConfiguredDestinations() {
        String text = text(SampleReports.backup("p"));

        assertThat(text)
                .contains("proven_backup_destination_complete{policy=\"p\",destination=\"nas\"} 1")
                .doesNotContain("sftp:")
                .doesNotContain("job/src")
                .doesNotContain("abab");
    }

    @Test
    void takesTheNewestOfAPolicyAndEachMetricOnce() {
        String text = text(
                SampleReports.backup("p", BackupResult.State.UNREACHABLE),
                SampleReports.backup("q"),
                SampleReports.backup("p"));

        assertThat(text.lines().filter(line -> line.startsWith("proven_backup_copies{")))
                .containsExactly("proven_backup_copies{policy=\"p\"} 2", "proven_backup_copies{policy=\"q\"} 2");
        assertThat(text.lines()).doesNotHaveDuplicates();
        assertThat(text.lines().filter(line -> line.startsWith("# TYPE proven_backup_copies ")))
                .hasSize(1);
    }

    @Test
    void whatIsInANameCannotMakeAnotherLine() {
        String text = text(SampleReports.backup("a\"} 1\nproven_backup_files{policy=\"b\\"));

        assertThat(text.lines())
                .contains("proven_backup_files{policy=\"a\\\"} 1\\nproven_backup_files{policy=\\\"b\\\\\"} 1000")
                .allMatch(line -> line.startsWith("# ") || line.startsWith("proven_backup_"));
    }

    @Test
    void isEmptyWithoutReports() {
        assertThat(text()).isEmpty();
    }

    private static String text(Report... reports) {
        return PrometheusText.of(List.of(reports)).toString();
    }
}
