package io.jenkins.plugins.provenbackup.jenkins.drill;

import hudson.model.ModelObject;
import io.jenkins.plugins.provenbackup.engine.charts.ChartWords;
import io.jenkins.plugins.provenbackup.engine.charts.Tone;
import io.jenkins.plugins.provenbackup.engine.charts.TrendChart;
import io.jenkins.plugins.provenbackup.engine.charts.TrendChart.Series;
import io.jenkins.plugins.provenbackup.engine.charts.TrendChart.Shape;
import io.jenkins.plugins.provenbackup.engine.charts.Unit;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.JenkinsHomeSource;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillReport;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import jenkins.model.Jenkins;

/**
 * The drills of one policy, and where one is begun, at {@code drills/} below the page of its runs. Whoever made this page looked whether
 * the user may see it. For one request.
 */
public final class DrillsPage implements ModelObject {

    /** More a chart cannot show well. */
    private static final int MOST_IN_CHART = 30;

    private final BackupPolicy policy;
    private final boolean busy;

    /**
     * Of a policy.
     *
     * @param busy whether a run of it goes on, so that no other can begin
     */
    public DrillsPage(BackupPolicy policy, boolean busy) {
        this.policy = policy;
        this.busy = busy;
    }

    @Override
    public String getDisplayName() {
        return Messages.DrillsPage_displayName(policy.getName());
    }

    /** The policy. */
    public BackupPolicy getPolicy() {
        return policy;
    }

    /** Whether a run of the policy goes on. */
    public boolean isBusy() {
        return busy;
    }

    /** Whether the user may begin one. */
    public boolean isRunnable() {
        return Jenkins.get().hasPermission(BackupPermissions.RUN);
    }

    /** Whether a home of Jenkins is booted in it. */
    public boolean isBooting() {
        return policy.getSources().stream().anyMatch(JenkinsHomeSource.class::isInstance);
    }

    /** The newest first. */
    public List<DrillRow> getRows() {
        return Drills.get().of(policy.getName()).stream().map(DrillRow::new).toList();
    }

    /** The recovery times, in HTML that is safe as it is; empty for less than two drills. */
    public String getChart() {
        List<DrillReport> newestFirst = Drills.get().of(policy.getName());
        if (newestFirst.size() < 2) {
            return "";
        }
        int count = Math.min(MOST_IN_CHART, newestFirst.size());
        List<DrillReport> shown = IntStream.range(0, count)
                .mapToObj(i -> newestFirst.get(count - 1 - i))
                .toList();
        List<OptionalLong> passed = new ArrayList<>();
        List<OptionalLong> failed = new ArrayList<>();
        List<OptionalLong> objectives = new ArrayList<>();
        for (DrillReport one : shown) {
            OptionalLong millis = OptionalLong.of(one.getRtoMillis());
            passed.add(one.isPassed() ? millis : OptionalLong.empty());
            failed.add(one.isPassed() ? OptionalLong.empty() : millis);
            objectives.add(
                    one.getRtoObjectiveMillis() > 0
                            ? OptionalLong.of(one.getRtoObjectiveMillis())
                            : OptionalLong.empty());
        }
        List<Series> series = List.of(
                new Series(Messages.DrillRow_passed(), Shape.BARS, Tone.GOOD, passed),
                new Series(Messages.DrillRow_failed(), Shape.BARS, Tone.BAD, failed),
                new Series(Messages.DrillsPage_objective(), Shape.LIMIT, Tone.BAD, objectives));
        return new TrendChart(
                        Messages.DrillsPage_chart(),
                        Messages.DrillsPage_chartText(
                                Unit.MILLISECONDS.text(newestFirst.get(0).getRtoMillis())),
                        Messages.DrillsPage_drill(),
                        Unit.MILLISECONDS,
                        shown.stream().map(one -> "#" + one.getNumber()).toList(),
                        series)
                .figure("drills", new ChartWords(Messages.DrillsPage_numbers(), Messages.DrillsPage_none()));
    }

    /** The report of one by its number; null for none. */
    public DrillPage getDynamic(String number) {
        List<DrillReport> newestFirst = Drills.get().of(policy.getName());
        for (int i = 0; i < newestFirst.size(); i++) {
            if (String.valueOf(newestFirst.get(i).getNumber()).equals(number)) {
                return new DrillPage(newestFirst.get(i), newestFirst.subList(i + 1, newestFirst.size()), policy.zone());
            }
        }
        return null;
    }
}
