package io.jenkins.plugins.provenbackup.jenkins.results;

import io.jenkins.plugins.provenbackup.engine.replicate.ReplicateResult;
import java.io.Serializable;
import java.util.Locale;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What was copied to a destination that had missed earlier snapshots. Immutable. */
@ExportedBean(defaultVisibility = 999)
public final class CatchUpReport implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final String location;
    private final String state;
    private final long snapshots;
    private final long bytes;
    private final String reason;
    private final long durationMillis;

    private CatchUpReport(ReplicateResult result, ReportSubject subject) {
        this.name = subject.nameOf(result.location());
        this.location = result.location();
        this.state = result.state().name().toLowerCase(Locale.ROOT);
        this.snapshots = result.snapshots().size();
        this.bytes = result.bytes();
        this.reason = result.reason();
        this.durationMillis = result.duration().toMillis();
    }

    static CatchUpReport of(ReplicateResult result, ReportSubject subject) {
        return new CatchUpReport(result, subject);
    }

    /** Whether the destination lacks something that no later run brings by itself. */
    boolean isLagging() {
        return state.equals("failed") || state.equals("incomplete");
    }

    /** The destination's name, or its location where it has none. */
    @Exported
    @Whitelisted
    public String getName() {
        return name;
    }

    /** Where it is, without credentials. */
    @Exported
    @Whitelisted
    public String getLocation() {
        return location;
    }

    /** {@code complete}, {@code incomplete}, {@code time_up} (the next backup goes on) or {@code failed}. */
    @Exported
    @Whitelisted
    public String getState() {
        return state;
    }

    /** Snapshots that it has now and had not before. */
    @Exported
    @Whitelisted
    public long getSnapshots() {
        return snapshots;
    }

    /** Bytes that were copied. */
    @Exported
    @Whitelisted
    public long getBytes() {
        return bytes;
    }

    /** Why it failed; empty otherwise. */
    @Exported
    @Whitelisted
    public String getReason() {
        return reason;
    }

    /** How long it took. */
    @Exported
    @Whitelisted
    public long getDurationMillis() {
        return durationMillis;
    }
}
