package io.jenkins.plugins.provenbackup.jenkins.results;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * What a recovery drill found: everything that a policy protects, restored from its worst destination. Kept until newer drills push it
 * out. Holds no secret. Immutable.
 */
@ExportedBean(defaultVisibility = 999)
public final class DrillReport implements Serializable {

    private static final long serialVersionUID = 1L;

    private final int number;
    private final String policy;
    private final String by;
    private final String url;
    private final long startMillis;
    private final long durationMillis;
    private final String destination;
    private final String reason;
    private final List<DrillPlace> places;
    private final List<DrillStep> steps;
    private final List<RecoveryTestReport> tests;
    private final List<String> problems;
    private final long rtoObjectiveMillis;

    private DrillReport(Found found, DrillSubject subject, int number, long durationMillis) {
        this.number = number;
        this.policy = subject.policy();
        this.by = subject.by();
        this.url = subject.url();
        this.startMillis = subject.startMillis();
        this.durationMillis = durationMillis;
        this.destination = found.destination;
        this.reason = found.reason;
        this.places = new ArrayList<>(found.places);
        this.steps = new ArrayList<>(found.steps);
        this.tests = new ArrayList<>(found.tests);
        this.problems = Report.firstOf(found.problems);
        this.rtoObjectiveMillis = found.rtoObjectiveMillis;
    }

    /** What has been found so far. Kept with a paused Pipeline. For one thread at a time. */
    public static final class Found implements Serializable {

        private static final long serialVersionUID = 1L;

        private String destination = "";
        private String reason = "";
        private final ArrayList<DrillPlace> places = new ArrayList<>();
        private final ArrayList<DrillStep> steps = new ArrayList<>();
        private final ArrayList<RecoveryTestReport> tests = new ArrayList<>();
        private final ArrayList<String> problems = new ArrayList<>();
        private long rtoObjectiveMillis;

        /**
         * The destination that everything is restored from.
         *
         * @param why it is the worst, in a sentence
         * @param all what was known of each
         */
        public void choose(String name, String why, List<DrillPlace> all) {
            destination = name;
            reason = why;
            places.clear();
            places.addAll(all);
        }

        /** Its name; empty before one was chosen. */
        public String destination() {
            return destination;
        }

        /** Why that is the worst, in a sentence. */
        public String reason() {
            return reason;
        }

        /** Something was done. */
        public void add(DrillStep step) {
            steps.add(step);
        }

        /** The snapshot of a source was restored, or could not be. */
        public void add(RecoveryTestReport test) {
            tests.add(test);
            rtoObjectiveMillis = test.getRtoObjectiveMillis();
        }

        /** Something is wrong that no recovery test tells. */
        public void problem(String text) {
            problems.add(text);
        }

        /** All of that. */
        public List<String> problems() {
            return List.copyOf(problems);
        }
    }

    /**
     * What was found, when the drill is over.
     *
     * @param number by which it is kept, from 1
     */
    public static DrillReport of(DrillSubject subject, Found found, int number, long endMillis) {
        return new DrillReport(found, subject, number, Math.max(0, endMillis - subject.startMillis()));
    }

    /** Counts the drills of the policy, from 1. */
    @Exported
    @Whitelisted
    public int getNumber() {
        return number;
    }

    /** The policy's name. */
    @Exported
    @Whitelisted
    public String getPolicy() {
        return policy;
    }

    /** Which build or run of the policy it was. */
    @Exported
    @Whitelisted
    public String getBy() {
        return by;
    }

    /** Where that has its page, below Jenkins' own address and without a slash before it. */
    @Exported
    @Whitelisted
    public String getUrl() {
        return url;
    }

    /** When it began, in milliseconds since 1970. */
    @Exported
    @Whitelisted
    public long getStartMillis() {
        return startMillis;
    }

    /** How long all of it took, checks and cleaning up included. */
    @Exported
    @Whitelisted
    public long getDurationMillis() {
        return durationMillis;
    }

    /** The destination that everything was restored from; empty when none could be chosen. */
    @Exported
    @Whitelisted
    public String getDestination() {
        return destination;
    }

    /** Why that is the worst, in a sentence. */
    @Exported
    @Whitelisted
    public String getReason() {
        return reason;
    }

    /** Every destination of the policy, as it was found. */
    @Exported
    @Whitelisted
    public List<DrillPlace> getPlaces() {
        return new ArrayList<>(places);
    }

    /** What was done, in its order. */
    @Exported
    @Whitelisted
    public List<DrillStep> getSteps() {
        return new ArrayList<>(steps);
    }

    /** The recovery test of each source. */
    @Exported
    @Whitelisted
    public List<RecoveryTestReport> getTests() {
        return new ArrayList<>(tests);
    }

    /** What is wrong that no recovery test tells. */
    @Exported
    @Whitelisted
    public List<String> getProblems() {
        return new ArrayList<>(problems);
    }

    /** Files that came back. */
    @Exported
    @Whitelisted
    public long getFiles() {
        return tests.stream().mapToLong(RecoveryTestReport::getFiles).sum();
    }

    /** Bytes of content that came back. */
    @Exported
    @Whitelisted
    public long getBytes() {
        return tests.stream().mapToLong(RecoveryTestReport::getBytes).sum();
    }

    /** The recovery time that was measured: how long the restores of all sources took, one after the other. */
    @Exported
    @Whitelisted
    public long getRtoMillis() {
        return tests.stream().mapToLong(RecoveryTestReport::getRtoMillis).sum();
    }

    /** How long they may take; 0 for no objective. */
    @Exported
    @Whitelisted
    public long getRtoObjectiveMillis() {
        return rtoObjectiveMillis;
    }

    /** Bytes restored per second of the restores alone. */
    @Exported
    @Whitelisted
    public long getBytesPerSecond() {
        return Report.perSecond(getBytes(), getRtoMillis());
    }

    /** How old the oldest of the recovery points was. */
    @Exported
    @Whitelisted
    public long getRpoMillis() {
        return tests.stream().mapToLong(RecoveryTestReport::getRpoMillis).max().orElse(0);
    }

    /** How old it may be; 0 for no objective. */
    @Exported
    @Whitelisted
    public long getRpoObjectiveMillis() {
        return tests.stream()
                .mapToLong(RecoveryTestReport::getRpoObjectiveMillis)
                .max()
                .orElse(0);
    }

    /** Whether the restores were quick enough together, or need not be. */
    @Exported
    @Whitelisted
    public boolean isRtoMet() {
        return rtoObjectiveMillis == 0 || getRtoMillis() <= rtoObjectiveMillis;
    }

    /** Whether the recovery points are young enough, or need not be. */
    @Exported
    @Whitelisted
    public boolean isRpoMet() {
        return tests.stream().allMatch(RecoveryTestReport::isRpoMet);
    }

    /** Whether everything came back and every check was content. */
    @Exported
    @Whitelisted
    public boolean isPassed() {
        return !tests.isEmpty() && problems.isEmpty() && tests.stream().allMatch(RecoveryTestReport::isPassed);
    }

    /** How it ended. */
    @Exported
    @Whitelisted
    public DrillVerdict getVerdict() {
        if (!isPassed()) {
            return DrillVerdict.FAILED;
        }
        boolean isAll = isRtoMet() && isRpoMet() && tests.stream().allMatch(RecoveryTestReport::isComplete);
        return isAll ? DrillVerdict.PASSED : DrillVerdict.MISSED;
    }

    @Override
    public String toString() {
        return "recovery drill #" + number + " of " + policy + ": " + getVerdict();
    }
}
