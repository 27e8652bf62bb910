package jenkins.model;

import hudson.model.BuildableItem;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import java.io.IOException;
import jenkins.triggers.TriggeredItem;

public abstract class ParameterizedJobMixIn<
        JobT extends Job<JobT, RunT> & ParameterizedJobMixIn.ParameterizedJob<JobT, RunT> & Queue.Task,
        RunT extends Run<JobT, RunT> & Queue.Executable> {

    public interface ParameterizedJob<
                    JobT extends Job<JobT, RunT> & ParameterizedJobMixIn.ParameterizedJob<JobT, RunT> & Queue.Task,
                    RunT extends Run<JobT, RunT> & Queue.Executable>
            extends BuildableItem, TriggeredItem {

        default boolean isDisabled() {
            throw new UnsupportedOperationException();
        }

        default boolean supportsMakeDisabled() {
            throw new UnsupportedOperationException();
        }

        default void makeDisabled(boolean b) throws IOException {
            throw new UnsupportedOperationException();
        }
    }
}
