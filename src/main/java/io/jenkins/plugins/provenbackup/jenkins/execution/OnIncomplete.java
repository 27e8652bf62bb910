package io.jenkins.plugins.provenbackup.jenkins.execution;

import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.Locale;

/** What becomes of a build whose backup, restore or recovery test is not all that was asked for. */
public enum OnIncomplete {
    /** It goes on as if nothing was missing. */
    SUCCESS,
    /** It goes on, and is unstable. */
    UNSTABLE,
    /** The step fails. */
    FAILURE;

    /**
     * What a word means.
     *
     * @param usual what an empty word means
     * @throws AbortException when it means nothing, in words for the user
     */
    public static OnIncomplete of(String word, OnIncomplete usual) throws AbortException {
        if (word.isBlank()) {
            return usual;
        }
        try {
            return valueOf(word.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new AbortException("'" + word + "' is no result: use UNSTABLE, FAILURE or SUCCESS.");
        }
    }

    /**
     * Does it.
     *
     * @throws AbortException with the reason, for {@link #FAILURE}
     */
    public void apply(Run<?, ?> run, TaskListener listener, String reason) throws AbortException {
        switch (this) {
            case SUCCESS -> listener.getLogger().println("[backup] " + reason);
            case UNSTABLE -> {
                listener.getLogger().println("[backup] The build is unstable: " + reason);
                run.setResult(Result.UNSTABLE);
            }
            case FAILURE -> throw new AbortException(reason);
        }
    }
}
