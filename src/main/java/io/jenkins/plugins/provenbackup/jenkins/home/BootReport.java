package io.jenkins.plugins.provenbackup.jenkins.home;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What became of a home that was booted. Immutable. */
public final class BootReport implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String version;
    private final long readyMillis;
    private final boolean isolated;
    private final ArrayList<String> jobs;
    private final long builds;
    private final ArrayList<String> plugins;
    private final ArrayList<String> problems;

    BootReport(
            String version,
            long readyMillis,
            boolean isolated,
            List<String> jobs,
            long builds,
            List<String> plugins,
            List<String> problems) {
        this.version = version;
        this.readyMillis = readyMillis;
        this.isolated = isolated;
        this.jobs = new ArrayList<>(jobs);
        this.builds = builds;
        this.plugins = new ArrayList<>(plugins);
        this.problems = new ArrayList<>(problems);
    }

    /** Of a home that did not boot, for a reason. */
    static BootReport failed(String problem, boolean isolated) {
        return new BootReport("", 0, isolated, List.of(), 0, List.of(), List.of(problem));
    }

    /** The same, with where it ran, which only its parent knows. */
    BootReport in(Isolation isolation) {
        return new BootReport(version, readyMillis, isolation.isCutOff(), jobs, builds, plugins, problems);
    }

    /** Whether Jenkins became ready and everything in the home was loaded. */
    public boolean isPassed() {
        return problems.isEmpty();
    }

    /** Version of the Jenkins that booted; empty when none did. */
    public String getVersion() {
        return version;
    }

    /** Milliseconds from the start of the process until Jenkins was ready; 0 when it never was. */
    public long getReadyMillis() {
        return readyMillis;
    }

    /** Whether it had no network but its own. */
    public boolean isIsolated() {
        return isolated;
    }

    /** Full names of the jobs and folders that were loaded. */
    public List<String> getJobs() {
        return List.copyOf(jobs);
    }

    /** How many builds were loaded: the newest of each job. */
    public long getBuilds() {
        return builds;
    }

    /** The active plugins, each with its version. */
    public List<String> getPlugins() {
        return List.copyOf(plugins);
    }

    /** What is wrong, each in one sentence; empty when nothing is. */
    public List<String> getProblems() {
        return List.copyOf(problems);
    }
}
