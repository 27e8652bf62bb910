package io.jenkins.plugins.provenbackup.jenkins.start;

import hudson.model.Descriptor.FormException;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.policy.Elapsed;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupDestination;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** A guided start as the page shows it. Runs in a thread of its own, as the administrator who asked for it. Thread-safe. */
public final class Attempt {

    private static final Logger LOGGER = Logger.getLogger(Attempt.class.getName());

    private final FirstBackup work;
    private final Authentication administrator = Jenkins.getAuthentication2();
    private List<UnknownHost> questions;
    private Optional<Thread> thread = Optional.empty();
    private String problem = "";

    Attempt(FirstBackup work, List<UnknownHost> questions) {
        this.work = work;
        this.questions = List.copyOf(questions);
    }

    /** Servers that a person must know before anything is sent to them. */
    public synchronized List<UnknownHost> getQuestions() {
        return questions;
    }

    synchronized void trust() {
        questions.forEach(UnknownHost::trust);
        questions = List.of();
        start();
    }

    /** Begins, or goes on after a failure; does nothing while it runs. */
    synchronized void start() {
        if (isRunning() || work.isDone() || !questions.isEmpty()) {
            return;
        }
        problem = "";
        Thread worker = new Thread(this::work, "Proven Backup: guided start");
        worker.setDaemon(true);
        thread = Optional.of(worker);
        worker.start();
    }

    @SuppressWarnings("try") // The context acts by being open.
    private void work() {
        String failure = "";
        try (ACLContext ignored = ACL.as2(administrator)) {
            work.run();
        } catch (IOException | FormException e) {
            failure = e.getMessage();
        } catch (InterruptedException e) {
            failure = Messages.Attempt_stopped();
        } catch (RuntimeException e) {
            LOGGER.log(Level.SEVERE, "The guided start failed", e);
            failure = Messages.Attempt_unexpected(e.toString());
        }
        synchronized (this) {
            problem = failure;
            thread = Optional.empty();
        }
    }

    /** Stops what runs, waits for it a moment, and forgets the secrets. */
    void stop() throws InterruptedException {
        Optional<Thread> running;
        synchronized (this) {
            running = thread;
        }
        if (running.isPresent()) {
            running.get().interrupt();
            running.get().join(10_000);
        }
        work.forget();
    }

    public synchronized boolean isRunning() {
        return thread.isPresent();
    }

    public boolean isDone() {
        return work.isDone();
    }

    /** What went wrong; empty while all is well. */
    public synchronized String getProblem() {
        return problem;
    }

    public List<Step> getSteps() {
        return Arrays.asList(Step.values());
    }

    /** {@code done}, {@code failed}, {@code running} or {@code waiting}. */
    public synchronized String state(Step step) {
        int compared = step.compareTo(work.step());
        if (compared < 0 || work.isDone()) {
            return "done";
        }
        if (compared > 0) {
            return "waiting";
        }
        return isRunning() ? "running" : "failed";
    }

    /** How far the current step is, in percent; -1 where that is not known. */
    public int getPercent() {
        return work.progress().percent();
    }

    /** The same in words. */
    public String getText() {
        return work.progress().text();
    }

    public List<BackupDestination> getDestinations() {
        return work.wish().destinations();
    }

    /** The new snapshot, as the command line would name it. */
    public String getSnapshot() {
        return work.backup()
                .flatMap(BackupResult::snapshot)
                .map(id -> id.brief())
                .orElse("");
    }

    /** What was backed up and read back, in a sentence. */
    public String getSummary() {
        if (work.backup().isEmpty() || work.verification().isEmpty()) {
            return "";
        }
        BackupResult made = work.backup().get();
        return Messages.Attempt_summary(
                made.totals().files(),
                Progress.size(made.totals().bytes()),
                made.copies(),
                Progress.size(made.totals().bytesStored()),
                Elapsed.text(made.duration()),
                Elapsed.text(work.verification().get().duration()));
    }

    /** Whether the recovery form was not shown yet. */
    public boolean isFormWaiting() {
        return work.secrets().map(OneTime::isWaiting).orElse(false);
    }

    Optional<OneTime.Shown> form() {
        return work.secrets().flatMap(OneTime::take);
    }
}
