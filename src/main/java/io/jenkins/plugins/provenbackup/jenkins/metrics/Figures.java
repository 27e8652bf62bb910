package io.jenkins.plugins.provenbackup.jenkins.metrics;

import io.jenkins.plugins.provenbackup.engine.charts.BarChart;
import io.jenkins.plugins.provenbackup.engine.charts.Chart;
import io.jenkins.plugins.provenbackup.engine.charts.Tone;
import io.jenkins.plugins.provenbackup.engine.charts.Unit;
import io.jenkins.plugins.provenbackup.jenkins.results.BackupReport;
import io.jenkins.plugins.provenbackup.jenkins.results.CheckReport;
import io.jenkins.plugins.provenbackup.jenkins.results.DestinationReport;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import io.jenkins.plugins.provenbackup.jenkins.results.Report;
import io.jenkins.plugins.provenbackup.jenkins.results.RestoreReport;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The charts of one report. */
final class Figures {

    private Figures() {}

    /** From what lay in the source to what was written. */
    static Chart amounts(BackupReport report) {
        return bars(
                Messages.Chart_Bytes(),
                Messages.Chart_Amount(),
                Unit.BYTES,
                List.of(
                        BarChart.Bar.of(Messages.Fact_BytesRead(), report.getBytesRead(), Unit.BYTES, Tone.FIRST),
                        BarChart.Bar.of(Messages.Fact_BytesAdded(), report.getBytesAdded(), Unit.BYTES, Tone.SECOND),
                        BarChart.Bar.of(Messages.Fact_BytesStored(), report.getBytesStored(), Unit.BYTES, Tone.THIRD)));
    }

    static Chart files(BackupReport report) {
        return bars(
                Messages.Chart_Files(),
                Messages.Chart_Entry(),
                Unit.COUNT,
                List.of(
                        BarChart.Bar.of(Messages.Fact_FilesNew(), report.getFilesNew(), Unit.COUNT, Tone.FIRST),
                        BarChart.Bar.of(
                                Messages.Fact_FilesChanged(), report.getFilesChanged(), Unit.COUNT, Tone.SECOND),
                        BarChart.Bar.of(
                                Messages.Fact_FilesUnchanged(), report.getFilesUnchanged(), Unit.COUNT, Tone.THIRD)));
    }

    static Chart checks(RecoveryTestReport report) {
        List<BarChart.Bar> bars = new ArrayList<>();
        for (CheckReport one : report.getChecks()) {
            String text = Unit.MILLISECONDS.text(one.getMillis());
            bars.add(new BarChart.Bar(
                    one.getName(),
                    Math.max(0, one.getMillis()),
                    one.isPassed() ? text : text + " · " + Messages.State_Failed(),
                    one.isPassed() ? Tone.GOOD : Tone.BAD,
                    OptionalLong.empty()));
        }
        return bars(Messages.Chart_Checks(), Messages.Chart_Check(), Unit.MILLISECONDS, bars);
    }

    static Chart phases(Report report) {
        List<BarChart.Bar> bars = new ArrayList<>();
        report.getPhases()
                .forEach((phase, millis) ->
                        bars.add(BarChart.Bar.of(phase(phase), Math.max(0, millis), Unit.MILLISECONDS, Tone.FIRST)));
        return bars(Messages.Chart_Phases(), Messages.Chart_Phase(), Unit.MILLISECONDS, bars);
    }

    static Chart destinations(BackupReport report) {
        List<BarChart.Bar> bars = new ArrayList<>();
        for (DestinationReport one : report.getDestinations()) {
            boolean isComplete = one.getState().equals(DestinationReport.COMPLETE);
            String text = Unit.BYTES.text(one.getBytesUploaded());
            bars.add(new BarChart.Bar(
                    one.getName(),
                    Math.max(0, one.getBytesUploaded()),
                    isComplete ? text : text + " · " + state(one.getState()),
                    isComplete ? Tone.GOOD : Tone.BAD,
                    OptionalLong.empty()));
        }
        return bars(Messages.Chart_Destinations(), Messages.Chart_Destination(), Unit.BYTES, bars);
    }

    static Chart entries(RestoreReport report) {
        return bars(
                Messages.Chart_Entries(),
                Messages.Chart_Entry(),
                Unit.COUNT,
                List.of(
                        BarChart.Bar.of(Messages.Fact_FilesWritten(), report.getFiles(), Unit.COUNT, Tone.FIRST),
                        BarChart.Bar.of(Messages.Fact_Kept(), report.getKept(), Unit.COUNT, Tone.SECOND),
                        BarChart.Bar.of(Messages.Fact_Deleted(), report.getDeleted(), Unit.COUNT, Tone.THIRD)));
    }

    static Chart rto(RecoveryTestReport report) {
        return against(
                Messages.Chart_Rto(),
                Messages.Chart_RtoBar(),
                report.getRtoMillis(),
                report.getRtoObjectiveMillis(),
                report.isRtoMet());
    }

    static Chart rpo(RecoveryTestReport report) {
        return against(
                Messages.Chart_Rpo(),
                Messages.Chart_RpoBar(),
                report.getRpoMillis(),
                report.getRpoObjectiveMillis(),
                report.isRpoMet());
    }

    private static Chart against(String title, String name, long millis, long objective, boolean met) {
        String text = Unit.MILLISECONDS.text(millis);
        BarChart.Bar bar = new BarChart.Bar(
                name,
                Math.max(0, millis),
                objective == 0 ? text : Messages.Chart_Of(text, Unit.MILLISECONDS.brief(objective)),
                met ? Tone.GOOD : Tone.BAD,
                objective == 0 ? OptionalLong.empty() : OptionalLong.of(objective));
        return bars(title, Messages.Chart_Measured(), Unit.MILLISECONDS, List.of(bar));
    }

    /** What is seen is what is said: each bar with its number. */
    private static Chart bars(String title, String head, Unit unit, List<BarChart.Bar> bars) {
        String description =
                bars.stream().map(bar -> bar.name() + ": " + bar.text()).collect(Collectors.joining(", "));
        return new BarChart(title, description, head, unit, bars);
    }

    static String state(String state) {
        return switch (state) {
            case "complete" -> Messages.State_Complete();
            case "lagging" -> Messages.State_Lagging();
            case "unreachable" -> Messages.State_Unreachable();
            default -> state.replace('_', ' ');
        };
    }

    private static String phase(String phase) {
        return switch (phase) {
            case "planning" -> Messages.Phase_Planning();
            case "reading" -> Messages.Phase_Reading();
            case "uploading" -> Messages.Phase_Uploading();
            case "copying" -> Messages.Phase_Copying();
            case "committing" -> Messages.Phase_Committing();
            case "restoring" -> Messages.Phase_Restoring();
            case "checking" -> Messages.Phase_Checking();
            case "cleaning" -> Messages.Phase_Cleaning();
            default -> phase;
        };
    }
}
