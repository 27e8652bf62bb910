package io.jenkins.plugins.provenbackup.engine.source;

/** Is told of problems as a walk meets them. None of them ends the walk. */
@FunctionalInterface
public interface SourceProblems {

    void report(Problem problem);
}
