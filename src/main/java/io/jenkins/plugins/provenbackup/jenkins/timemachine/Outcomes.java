package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import java.util.ArrayList;
import java.util.List;

/** What a restore did so far. Thread-safe. */
final class Outcomes {

    private final List<Outcome> all = new ArrayList<>();
    private final List<String> disabled = new ArrayList<>();
    private final List<String> restored = new ArrayList<>();

    synchronized void add(Outcome outcome) {
        all.add(outcome);
    }

    /** A job is there again; its full name. */
    synchronized void restored(String fullName) {
        restored.add(fullName);
    }

    /** A job that was enabled when it was backed up is there, disabled. */
    synchronized void disabled(String fullName) {
        disabled.add(fullName);
    }

    synchronized List<Outcome> all() {
        return List.copyOf(all);
    }

    /** Full names of the jobs that can be enabled. */
    synchronized List<String> disabled() {
        return List.copyOf(disabled);
    }

    synchronized List<String> restored() {
        return List.copyOf(restored);
    }

    synchronized void enabled(String fullName) {
        disabled.remove(fullName);
    }

    synchronized boolean isAll(Outcome.Kind kind) {
        return all.stream().allMatch(one -> one.kind() == kind);
    }

    synchronized boolean hasAny(Outcome.Kind kind) {
        return all.stream().anyMatch(one -> one.kind() == kind);
    }
}
