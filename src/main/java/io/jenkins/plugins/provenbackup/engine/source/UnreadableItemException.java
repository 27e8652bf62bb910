package io.jenkins.plugins.provenbackup.engine.source;

import java.io.IOException;

/** One entry cannot be read; its {@link #problem()} goes into the result, and the run goes on. */
public final class UnreadableItemException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public UnreadableItemException(Problem problem, Throwable cause) {
        super(problem.message(), cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
