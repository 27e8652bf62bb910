package io.jenkins.plugins.provenbackup.jenkins.results;

import io.jenkins.plugins.provenbackup.engine.restore.RestoreResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What a restore did, or after a dry run would do, in the numbers of the command line. Immutable. */
@ExportedBean(defaultVisibility = 999)
public final class RestoreReport extends Report {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String target;
    private final List<String> from;
    private final long files;
    private final long directories;
    private final long symlinks;
    private final long hardLinks;
    private final long bytes;
    private final long kept;
    private final long updated;
    private final long deleted;
    private final Map<String, Long> limitations;
    private final List<String> failures;
    private final long failureCount;
    private final List<String> failovers;

    /** Whether anything was written. */
    public enum Kind {
        WRITTEN,
        DRY_RUN
    }

    private RestoreReport(
            ReportSubject subject, RestoreResult result, Kind kind, String target, List<String> from, RunTimes times) {
        super(subject, result.snapshot().hex(), times, result.duration());
        this.kind = kind;
        this.target = target;
        this.from = new ArrayList<>(from.stream().map(subject::nameOf).toList());
        this.files = result.files();
        this.directories = result.directories();
        this.symlinks = result.symlinks();
        this.hardLinks = result.hardLinks();
        this.bytes = result.bytes();
        this.kept = result.kept();
        this.updated = result.updated();
        this.deleted = result.deleted();
        this.limitations = new TreeMap<>();
        result.limitations().forEach((limitation, count) -> limitations.put(limitation.name(), count));
        this.failures = firstOf(result.failureTexts());
        this.failureCount = result.failureCount();
        this.failovers = firstOf(result.failovers());
    }

    /**
     * Makes the report of a restore.
     *
     * @param target where to, as the user named it
     * @param from locations that could be read, the preferred one first
     */
    public static RestoreReport of(
            ReportSubject subject, RestoreResult result, Kind kind, String target, List<String> from, RunTimes times) {
        return new RestoreReport(subject, result, kind, target, from, times);
    }

    /** Where to, as it was named in the step. */
    @Exported
    @Whitelisted
    public String getTarget() {
        return target;
    }

    /** Names of the destinations that could be read, the preferred one first. */
    @Exported
    @Whitelisted
    public List<String> getFrom() {
        return new ArrayList<>(from);
    }

    /** Files written. */
    @Exported
    @Whitelisted
    public long getFiles() {
        return files;
    }

    /** Directories made. */
    @Exported
    @Whitelisted
    public long getDirectories() {
        return directories;
    }

    /** Symbolic links made. */
    @Exported
    @Whitelisted
    public long getSymlinks() {
        return symlinks;
    }

    /** Files that became links of others. */
    @Exported
    @Whitelisted
    public long getHardLinks() {
        return hardLinks;
    }

    /** Content written, holes included. */
    @Exported
    @Whitelisted
    public long getBytes() {
        return bytes;
    }

    /** Entries that were as they should be, or protected. */
    @Exported
    @Whitelisted
    public long getKept() {
        return kept;
    }

    /** Entries whose metadata alone was corrected. */
    @Exported
    @Whitelisted
    public long getUpdated() {
        return updated;
    }

    /** Entries deleted since the snapshot does not have them. */
    @Exported
    @Whitelisted
    public long getDeleted() {
        return deleted;
    }

    /** What could not be restored exactly, counted by kind. */
    @Exported
    @Whitelisted
    public Map<String, Long> getLimitations() {
        return new TreeMap<>(limitations);
    }

    /** The first entries that could not be restored, and why. */
    @Exported
    @Whitelisted
    public List<String> getFailures() {
        return new ArrayList<>(failures);
    }

    /** All of them, counted. */
    @Exported
    @Whitelisted
    public long getFailureCount() {
        return failureCount;
    }

    /** Archives that a destination did not give intact, though another may have. */
    @Exported
    @Whitelisted
    public List<String> getFailovers() {
        return new ArrayList<>(failovers);
    }

    /** Whether nothing was written. */
    @Exported
    @Whitelisted
    public boolean isDryRun() {
        return kind == Kind.DRY_RUN;
    }

    @Override
    public boolean isComplete() {
        return failureCount == 0;
    }

    /** Bytes restored per second of the whole restore. */
    @Override
    public long getBytesPerSecond() {
        return perSecond(bytes, getDurationMillis());
    }

    @Override
    public String toString() {
        return "restore of " + getId() + " to " + target;
    }
}
