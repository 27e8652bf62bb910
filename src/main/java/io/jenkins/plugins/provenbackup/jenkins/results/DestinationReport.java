package io.jenkins.plugins.provenbackup.jenkins.results;

import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import java.io.Serializable;
import java.util.Locale;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How one destination fared in a backup or a recovery test. Immutable. */
@ExportedBean(defaultVisibility = 999)
public final class DestinationReport implements Serializable {

    /** The state of a destination that has everything. */
    public static final String COMPLETE = "complete";

    private static final long serialVersionUID = 1L;

    private final String name;
    private final String location;
    private final String state;
    private final long bytesUploaded;
    private final String reason;
    private final String immutableUntil;
    private final String notImmutable;

    private DestinationReport(
            String name,
            String location,
            String state,
            long bytesUploaded,
            String reason,
            String immutableUntil,
            String notImmutable) {
        this.name = name;
        this.location = location;
        this.state = state;
        this.bytesUploaded = bytesUploaded;
        this.reason = reason;
        this.immutableUntil = immutableUntil;
        this.notImmutable = notImmutable;
    }

    static DestinationReport of(BackupResult.Destination one, ReportSubject subject) {
        return new DestinationReport(
                subject.nameOf(one.location()),
                one.location(),
                one.state().name().toLowerCase(Locale.ROOT),
                one.uploaded(),
                one.reason(),
                one.immutability()
                        .flatMap(BackupResult.Immutability::until)
                        .map(Object::toString)
                        .orElse(""),
                one.immutability().map(BackupResult.Immutability::refusal).orElse(""));
    }

    /** A destination that has the record of a recovery test, or could not take it for a reason. */
    static DestinationReport ofRecord(String location, String reason, ReportSubject subject) {
        return new DestinationReport(
                subject.nameOf(location), location, reason.isEmpty() ? COMPLETE : "lagging", 0, reason, "", "");
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

    /** {@code complete}, {@code lagging} or {@code unreachable}. */
    @Exported
    @Whitelisted
    public String getState() {
        return state;
    }

    /** Bytes that this run stored there. */
    @Exported
    @Whitelisted
    public long getBytesUploaded() {
        return bytesUploaded;
    }

    /** Why it is not complete; empty when it is. */
    @Exported
    @Whitelisted
    public String getReason() {
        return reason;
    }

    /** The date before which the storage itself lets nobody destroy the snapshot, in ISO 8601; empty for none. */
    @Exported
    @Whitelisted
    public String getImmutableUntil() {
        return immutableUntil;
    }

    /** Why the storage did not make the snapshot immutable although it should; empty when it did, or nobody asked. */
    @Exported
    @Whitelisted
    public String getNotImmutable() {
        return notImmutable;
    }

    @Override
    public String toString() {
        return name + ": " + state + (reason.isEmpty() ? "" : " (" + reason + ")");
    }
}
