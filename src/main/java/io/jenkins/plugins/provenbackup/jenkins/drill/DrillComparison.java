package io.jenkins.plugins.provenbackup.jenkins.drill;

import io.jenkins.plugins.provenbackup.engine.Amounts;
import io.jenkins.plugins.provenbackup.engine.policy.Elapsed;
import io.jenkins.plugins.provenbackup.engine.policy.runbook.Block;
import io.jenkins.plugins.provenbackup.engine.policy.runbook.Phrase;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;

/** A drill beside those before it. */
final class DrillComparison {

    /** Earlier drills that are shown. */
    static final int MOST = 10;

    private final DrillReport report;
    private final List<DrillReport> earlier;
    private final LongFunction<String> time;

    /**
     * Of a report.
     *
     * @param earlier drills of the same policy, the newest first
     * @param time writes one, of milliseconds since 1970
     */
    DrillComparison(DrillReport report, List<DrillReport> earlier, LongFunction<String> time) {
        this.report = report;
        this.earlier = List.copyOf(earlier.subList(0, Math.min(MOST, earlier.size())));
        this.time = time;
    }

    List<Block> blocks() {
        if (earlier.isEmpty()) {
            return List.of(new Block.Paragraph(Phrase.of("This is the first drill of the policy.")));
        }
        List<List<Phrase>> rows = new ArrayList<>();
        rows.add(row(report));
        earlier.forEach(one -> rows.add(row(one)));
        List<Block> blocks = new ArrayList<>();
        change().ifPresent(text -> blocks.add(new Block.Paragraph(Phrase.of(text))));
        blocks.add(new Block.Table(
                List.of("drill", "when", "from", "verdict", "recovery time", "bytes", "a second", "whole drill"),
                rows));
        return blocks;
    }

    private List<Phrase> row(DrillReport one) {
        boolean isRestored = isRestored(one);
        return List.of(
                Phrase.of("#" + one.getNumber() + (one.getNumber() == report.getNumber() ? " (this one)" : "")),
                Phrase.of(time.apply(one.getStartMillis())),
                Phrase.of(one.getDestination()),
                Phrase.of(word(one)),
                Phrase.of(isRestored ? text(one.getRtoMillis()) : "–"),
                Phrase.of(Amounts.size(one.getBytes())),
                Phrase.of(isRestored ? Amounts.size(one.getBytesPerSecond()) : "–"),
                Phrase.of(text(one.getDurationMillis())));
    }

    /** Whether anything came back, so that its time says something. */
    static boolean isRestored(DrillReport report) {
        return report.isPassed() || report.getFiles() > 0;
    }

    static String word(DrillReport report) {
        return switch (report.getVerdict()) {
            case PASSED -> "passed";
            case MISSED -> "objective missed";
            case FAILED -> "failed";
        };
    }

    /** How the recovery time changed since the last drill from the same destination that brought everything back. */
    private Optional<String> change() {
        if (!report.isPassed() || report.getRtoMillis() <= 0) {
            return Optional.empty();
        }
        return earlier.stream()
                .filter(one -> one.isPassed()
                        && one.getRtoMillis() > 0
                        && one.getDestination().equals(report.getDestination()))
                .findFirst()
                .map(this::changeSince);
    }

    private String changeSince(DrillReport last) {
        long more = report.getRtoMillis() - last.getRtoMillis();
        String percent = String.format(Locale.ROOT, "%.0f %%", Math.abs(more) * 100.0 / last.getRtoMillis());
        return "Since drill #" + last.getNumber() + ", the last one from " + last.getDestination()
                + " that brought everything back, the recovery time "
                + (more == 0
                        ? "did not change."
                        : (more > 0 ? "grew" : "fell") + " by " + text(Math.abs(more)) + " (" + percent + ").");
    }

    private static String text(long millis) {
        return Elapsed.text(Duration.ofMillis(millis));
    }
}
