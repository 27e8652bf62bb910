package io.jenkins.plugins.provenbackup.jenkins.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.jenkins.results.Report;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrendsTest {

    @Test
    void showsBytesAndDurationsOfBackupsAndBothTimesOfTests() {
        List<String> figures = new Trends(List.of(
                        build(3, SampleReports.recoveryTest("p", Duration.ofHours(3))),
                        build(2, SampleReports.backup("p"))))
                .figures();

        assertThat(figures).hasSize(4);
        assertThat(figures.get(0)).contains("Bytes", ">#2<").doesNotContain(">#3<");
        assertThat(figures.get(1)).contains("Duration");
        assertThat(figures.get(2)).contains("Recovery time (RTO)", ">#3<", ">10 min 0 s<", ">30 min 0 s<");
        assertThat(figures.get(3)).contains("Age of the recovery point (RPO)", ">3 h 0 min<", ">24 h 0 min<");
    }

    @Test
    void addsUpTheBackupsOfABuild() {
        List<String> figures =
                new Trends(List.of(build(1, SampleReports.backup("p"), SampleReports.backup("q")))).figures();

        assertThat(figures.get(0)).contains(">7.6 MiB<").contains(">1.9 MiB<");
        assertThat(figures.get(1)).contains(">40 s<");
    }

    @Test
    void theOldestBuildIsOnTheLeft() {
        List<String> figures =
                new Trends(List.of(build(9, SampleReports.backup("")), build(8, SampleReports.backup("")))).figures();

        assertThat(figures.get(0)).contains("Builds #8 to #9.", "New content at last: 3.8 MiB.");
    }

    @Test
    void aJobWithRestoresAloneHasNoTrend() {
        assertThat(new Trends(List.of(build(1, SampleReports.restore("")))).figures())
                .isEmpty();
        assertThat(new Trends(List.of()).mainFigures()).isEmpty();
    }

    private static BuildReports build(int number, Report... reports) {
        return new BuildReports(number, List.of(reports));
    }
}
