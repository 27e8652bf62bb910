package io.jenkins.plugins.provenbackup.jenkins.results;

import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Something that a restored tree had to be good for: the step's body, or that the restored home boots. Immutable. */
@ExportedBean(defaultVisibility = 999)
public final class CheckReport implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final long millis;
    private final String problem;

    private CheckReport(String name, long millis, String problem) {
        this.name = name;
        this.millis = millis;
        this.problem = problem;
    }

    /** A check that was content. */
    public static CheckReport passed(String name, long millis) {
        return new CheckReport(name, millis, "");
    }

    /**
     * A check that was not.
     *
     * @param problem what is wrong, in one sentence
     */
    public static CheckReport failed(String name, long millis, String problem) {
        return new CheckReport(name, millis, problem.isEmpty() ? "failed" : problem);
    }

    /** What was tried. */
    @Exported
    @Whitelisted
    public String getName() {
        return name;
    }

    /** Whether it was content. */
    @Exported
    @Whitelisted
    public boolean isPassed() {
        return problem.isEmpty();
    }

    /** How long it took. */
    @Exported
    @Whitelisted
    public long getMillis() {
        return millis;
    }

    /** What is wrong; empty when nothing is. */
    @Exported
    @Whitelisted
    public String getProblem() {
        return problem;
    }

    @Override
    public String toString() {
        return name + ": " + (isPassed() ? "passed" : problem);
    }
}
