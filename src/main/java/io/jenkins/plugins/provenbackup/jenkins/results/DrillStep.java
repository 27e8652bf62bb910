package io.jenkins.plugins.provenbackup.jenkins.results;

import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Something that a recovery drill did, and how long it took. Immutable. */
@ExportedBean(defaultVisibility = 999)
public final class DrillStep implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final String source;
    private final long startMillis;
    private final long durationMillis;
    private final String problem;

    /**
     * States it.
     *
     * @param name what was done
     * @param source with what; empty for the policy as a whole
     * @param startMillis since 1970, by the controller's clock
     * @param problem what went wrong, in a sentence; empty for nothing
     */
    public DrillStep(String name, String source, long startMillis, long durationMillis, String problem) {
        this.name = name;
        this.source = source;
        this.startMillis = startMillis;
        this.durationMillis = Math.max(0, durationMillis);
        this.problem = problem;
    }

    /** What was done. */
    @Exported
    @Whitelisted
    public String getName() {
        return name;
    }

    /** The name of the source whose snapshot it was done with; empty for the policy as a whole. */
    @Exported
    @Whitelisted
    public String getSource() {
        return source;
    }

    /** When it began, in milliseconds since 1970. */
    @Exported
    @Whitelisted
    public long getStartMillis() {
        return startMillis;
    }

    /** How long it took. */
    @Exported
    @Whitelisted
    public long getDurationMillis() {
        return durationMillis;
    }

    /** What went wrong; empty for nothing. */
    @Exported
    @Whitelisted
    public String getProblem() {
        return problem;
    }

    /** Whether nothing went wrong. */
    @Exported
    @Whitelisted
    public boolean isPassed() {
        return problem.isEmpty();
    }

    @Override
    public String toString() {
        return name + (source.isEmpty() ? "" : " " + source) + ": " + durationMillis + " ms";
    }
}
