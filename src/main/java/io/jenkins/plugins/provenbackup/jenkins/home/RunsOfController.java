package io.jenkins.plugins.provenbackup.jenkins.home;

import hudson.model.Computer;
import hudson.model.Executor;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.provenbackup.engine.source.home.RunningBuilds;
import io.jenkins.plugins.provenbackup.engine.source.home.UnfinishedBuilds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import jenkins.model.Jenkins;

/** The builds that were under way here at one moment; of those that began later, their files tell. */
final class RunsOfController implements RunningBuilds {

    private final Set<Path> running;
    private final RunningBuilds files = new UnfinishedBuilds();

    private RunsOfController(Set<Path> running) {
        this.running = Set.copyOf(running);
    }

    static RunsOfController now() {
        Set<Path> running = new HashSet<>();
        for (Computer computer : Jenkins.get().getComputers()) {
            for (Executor executor : computer.getAllExecutors()) {
                add(executor.getCurrentExecutable(), running);
            }
        }
        return new RunsOfController(running);
    }

    /** A step of a Pipeline runs by itself; the build is above it. */
    private static void add(Queue.Executable executable, Set<Path> running) {
        for (Queue.Executable one = executable; one != null; one = one.getParentExecutable()) {
            if (one instanceof Run<?, ?> run && run.isBuilding()) {
                try {
                    running.add(run.getRootDir().toPath().toRealPath());
                } catch (IOException e) {
                    // Its directory is gone, so there is nothing to leave out of it.
                }
            }
        }
    }

    @Override
    public boolean isRunning(Path buildDirectory) {
        return running.contains(buildDirectory) || files.isRunning(buildDirectory);
    }
}
