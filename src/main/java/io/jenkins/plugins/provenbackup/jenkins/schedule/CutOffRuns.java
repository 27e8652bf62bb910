package io.jenkins.plugins.provenbackup.jenkins.schedule;

import io.jenkins.plugins.provenbackup.jenkins.execution.ScratchTrees;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs of a policy that an earlier session of Jenkins did not see the end of. */
final class CutOffRuns {

    private static final Logger LOGGER = Logger.getLogger(CutOffRuns.class.getName());

    private final String policy;

    CutOffRuns(String policy) {
        this.policy = policy;
    }

    /**
     * Ends their records, and deletes what they restored.
     *
     * @param owed is told of each
     */
    void end(Consumer<PolicyRun> owed) {
        for (PolicyRun run : PolicyRuns.get().of(policy)) {
            if (run.isRunning()) {
                owed.accept(run);
                run.end(RunResult.STOPPED, Messages.CutOffRuns_cutOff(), Instant.now());
                try {
                    PolicyRuns.get().save(run);
                    ScratchTrees.deleteOf(run.runId());
                } catch (IOException e) {
                    LOGGER.log(Level.WARNING, e, () -> "What " + run + " left could not be put in order");
                }
            }
        }
    }
}
