package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation.TestSeen;
import io.jenkins.plugins.provenbackup.engine.policy.Elapsed;
import java.util.Date;

/** A recovery test, as a policy's page shows it. Immutable. */
public final class TestRow {

    private final String source;
    private final TestSeen test;

    TestRow(String source, TestSeen test) {
        this.source = source;
        this.test = test;
    }

    /** The source's name. */
    public String getSource() {
        return source;
    }

    /** When it began. */
    public Date getTime() {
        return Date.from(test.time());
    }

    /** Whether it passed. */
    public Light getLight() {
        return test.isPassed() ? Light.GOOD : Light.BAD;
    }

    /** In words. */
    public String getResult() {
        return test.isPassed() ? Messages.TestRow_passed() : Messages.TestRow_failed(test.errors(), test.problem());
    }

    /** How long the restore took. */
    public String getDuration() {
        return Elapsed.text(test.duration());
    }

    /** Which snapshot was restored. */
    public String getSnapshot() {
        return test.snapshot().substring(0, Math.min(8, test.snapshot().length()));
    }
}
