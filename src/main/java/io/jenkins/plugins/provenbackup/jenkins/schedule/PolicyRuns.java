package io.jenkins.plugins.provenbackup.jenkins.schedule;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.model.Jenkins;

/**
 * What policies did by themselves, kept below {@code JENKINS_HOME/proven-backup/runs}: the newest hundred runs of each policy, and the
 * newest of each kind. Thread-safe.
 */
@Extension
public final class PolicyRuns implements ExtensionPoint {

    private final Map<String, RunFolder> folders = new ConcurrentHashMap<>();

    /** Those of this Jenkins. */
    public static PolicyRuns get() {
        return ExtensionList.lookupSingleton(PolicyRuns.class);
    }

    /** Runs of a policy, the newest first; those that go on are among them. */
    public List<PolicyRun> of(String policy) {
        return folder(policy).runs();
    }

    /** The newest run of a kind that is over. */
    public Optional<PolicyRun> newest(String policy, RunKind kind) {
        return of(policy).stream()
                .filter(run -> run.getKind() == kind && !run.isRunning())
                .findFirst();
    }

    /** One of them. */
    public Optional<PolicyRun> find(String policy, int number) {
        return of(policy).stream().filter(run -> run.getNumber() == number).findFirst();
    }

    /** Where what a run says is written; the file may be gone. */
    public Path log(PolicyRun run) {
        return folder(run.getPolicy()).log(run.getNumber());
    }

    /**
     * Makes the record of a run that begins now.
     *
     * @param by the id of the user who asked for it; empty when nobody did
     */
    PolicyRun begin(String policy, RunKind kind, RunCause cause, String by, Instant now) throws IOException {
        String runId = UUID.randomUUID().toString();
        return folder(policy).add(number -> new PolicyRun(policy, number, kind, cause, by, runId, now));
    }

    /** Keeps what became of it. */
    void save(PolicyRun run) throws IOException {
        folder(run.getPolicy()).save(run);
    }

    private RunFolder folder(String policy) {
        return folders.computeIfAbsent(policy, name -> new RunFolder(root(), name));
    }

    private static Path root() {
        return Jenkins.get().getRootDir().toPath().resolve("proven-backup").resolve("runs");
    }
}
