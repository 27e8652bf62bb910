package io.jenkins.plugins.provenbackup.jenkins.results;

import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A destination, as a recovery drill found it before it chose the worst. Immutable. */
@ExportedBean(defaultVisibility = 999)
public final class DrillPlace implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final String standing;
    private final boolean chosen;
    private final boolean silent;

    private DrillPlace(String name, String standing, boolean chosen, boolean silent) {
        this.name = name;
        this.standing = standing;
        this.chosen = chosen;
        this.silent = silent;
    }

    /**
     * One that answers.
     *
     * @param standing what is known of restores from it, in a sentence
     */
    public static DrillPlace answering(String name, String standing) {
        return new DrillPlace(name, standing, false, false);
    }

    /**
     * One that does not.
     *
     * @param standing why, in a sentence
     */
    public static DrillPlace silent(String name, String standing) {
        return new DrillPlace(name, standing, false, true);
    }

    /** The same, as the one that everything is restored from. */
    public DrillPlace asChosen() {
        return new DrillPlace(name, standing, true, silent);
    }

    /** The destination's name. */
    @Exported
    @Whitelisted
    public String getName() {
        return name;
    }

    /** What is known of restores from it, in a sentence. */
    @Exported
    @Whitelisted
    public String getStanding() {
        return standing;
    }

    /** Whether everything was restored from it. */
    @Exported
    @Whitelisted
    public boolean isChosen() {
        return chosen;
    }

    /** Whether it did not answer. */
    @Exported
    @Whitelisted
    public boolean isSilent() {
        return silent;
    }

    @Override
    public String toString() {
        return name + ": " + standing;
    }
}
