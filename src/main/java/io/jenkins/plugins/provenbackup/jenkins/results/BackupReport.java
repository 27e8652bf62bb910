package io.jenkins.plugins.provenbackup.jenkins.results;

import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.replicate.ReplicateResult;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.Totals;
import io.jenkins.plugins.provenbackup.engine.source.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What a backup did, in the numbers of the command line. Immutable. */
@ExportedBean(defaultVisibility = 999)
public final class BackupReport extends Report {

    private static final long serialVersionUID = 1L;

    private final long sequence;
    private final String kind;
    private final String parent;
    private final long files;
    private final long directories;
    private final long symlinks;
    private final long bytes;
    private final long filesNew;
    private final long filesChanged;
    private final long filesUnchanged;
    private final long bytesRead;
    private final long bytesAdded;
    private final long bytesStored;
    private final long unreadable;
    private final long changedWhileRead;
    private final long vanished;
    private final long special;
    private final long markedExcluded;
    private final long inProgress;
    private final long copies;
    private final int minCopies;
    private final List<DestinationReport> destinations;
    private final List<CatchUpReport> caughtUp;
    private final List<String> warnings;
    private final long warningCount;
    private final boolean complete;

    private BackupReport(ReportSubject subject, BackupResult result, List<ReplicateResult> caughtUp, RunTimes times) {
        super(subject, result.snapshot().map(SnapshotId::hex).orElse(""), times, result.duration());
        this.sequence = result.sequence();
        this.kind = result.kind().name().toLowerCase(Locale.ROOT);
        this.parent = result.parent().map(SnapshotId::hex).orElse("");
        Totals totals = result.totals();
        this.files = totals.files();
        this.directories = totals.directories();
        this.symlinks = totals.symlinks();
        this.bytes = totals.bytes();
        this.filesNew = totals.filesNew();
        this.filesChanged = totals.filesChanged();
        this.filesUnchanged = totals.filesUnchanged();
        this.bytesRead = totals.bytesRead();
        this.bytesAdded = totals.bytesAdded();
        this.bytesStored = totals.bytesStored();
        this.unreadable = totals.unreadable();
        this.changedWhileRead = totals.changedWhileRead();
        this.vanished = totals.vanished();
        this.special = totals.special();
        this.markedExcluded = totals.markedExcluded();
        this.inProgress = totals.inProgress();
        this.copies = result.copies();
        this.minCopies = result.minCopies();
        this.destinations = new ArrayList<>();
        result.destinations().forEach(one -> destinations.add(DestinationReport.of(one, subject)));
        this.caughtUp = new ArrayList<>();
        caughtUp.forEach(one -> this.caughtUp.add(CatchUpReport.of(one, subject)));
        this.warnings = firstOf(result.problems().stream().map(Problem::message).toList());
        this.warningCount = result.problemCount();
        this.complete = result.fulfils() && this.caughtUp.stream().noneMatch(CatchUpReport::isLagging);
    }

    /**
     * Makes the report of a backup.
     *
     * @param caughtUp destinations that got earlier snapshots afterwards
     */
    public static BackupReport of(
            ReportSubject subject, BackupResult result, List<ReplicateResult> caughtUp, RunTimes times) {
        return new BackupReport(subject, result, caughtUp, times);
    }

    /** The snapshot's number among those of its source, 1 and up. */
    @Exported
    @Whitelisted
    public long getSequence() {
        return sequence;
    }

    /** {@code full}, {@code incremental} or {@code differential}: what it became. */
    @Exported
    @Whitelisted
    public String getKind() {
        return kind;
    }

    /** The id of the snapshot that it was compared with; empty for none. */
    @Exported
    @Whitelisted
    public String getParent() {
        return parent;
    }

    /** Regular files in the snapshot. */
    @Exported
    @Whitelisted
    public long getFiles() {
        return files;
    }

    /** Directories in the snapshot. */
    @Exported
    @Whitelisted
    public long getDirectories() {
        return directories;
    }

    /** Symbolic links in the snapshot. */
    @Exported
    @Whitelisted
    public long getSymlinks() {
        return symlinks;
    }

    /** Sum of the sizes of all files in the snapshot. */
    @Exported
    @Whitelisted
    public long getBytes() {
        return bytes;
    }

    /** Files whose path the parent does not have. */
    @Exported
    @Whitelisted
    public long getFilesNew() {
        return filesNew;
    }

    /** Files that differ from the parent's. */
    @Exported
    @Whitelisted
    public long getFilesChanged() {
        return filesChanged;
    }

    /** Files that were taken over from the parent without reading them. */
    @Exported
    @Whitelisted
    public long getFilesUnchanged() {
        return filesUnchanged;
    }

    /** Bytes that were read from the source. */
    @Exported
    @Whitelisted
    public long getBytesRead() {
        return bytesRead;
    }

    /** Plain bytes that had to be stored, since no earlier snapshot has them. */
    @Exported
    @Whitelisted
    public long getBytesAdded() {
        return bytesAdded;
    }

    /** What these became, compressed and encrypted, with the catalog: the size of what was written, for one copy. */
    @Exported
    @Whitelisted
    public long getBytesStored() {
        return bytesStored;
    }

    /** Files and directories that could not be read and are missing in the snapshot. */
    @Exported
    @Whitelisted
    public long getUnreadable() {
        return unreadable;
    }

    /** Files that changed while they were read, twice. */
    @Exported
    @Whitelisted
    public long getChangedWhileRead() {
        return changedWhileRead;
    }

    /** Files that were gone when they were to be read. */
    @Exported
    @Whitelisted
    public long getVanished() {
        return vanished;
    }

    /** Devices, sockets and pipes, which are left out. */
    @Exported
    @Whitelisted
    public long getSpecial() {
        return special;
    }

    /** Directories left out because of a marker file. */
    @Exported
    @Whitelisted
    public long getMarkedExcluded() {
        return markedExcluded;
    }

    /** Builds of a JENKINS_HOME that were not over yet. */
    @Exported
    @Whitelisted
    public long getInProgress() {
        return inProgress;
    }

    /** Bytes in the snapshot for each byte that had to be stored anew; 0 when none had to. */
    @Exported
    @Whitelisted
    public double getDedupRatio() {
        return ratio(bytes, bytesAdded);
    }

    /** Plain bytes for each byte that was written; 0 when nothing was new. */
    @Exported
    @Whitelisted
    public double getCompressionRatio() {
        return ratio(bytesAdded, bytesStored);
    }

    /** Destinations that have the snapshot. */
    @Exported
    @Whitelisted
    public long getCopies() {
        return copies;
    }

    /** How many had to have it. */
    @Exported
    @Whitelisted
    public int getMinCopies() {
        return minCopies;
    }

    /** How each destination fared. */
    @Exported
    @Whitelisted
    public List<DestinationReport> getDestinations() {
        return new ArrayList<>(destinations);
    }

    /** Destinations that had missed earlier snapshots, and what they got afterwards. */
    @Exported
    @Whitelisted
    public List<CatchUpReport> getCaughtUp() {
        return new ArrayList<>(caughtUp);
    }

    /** The first sentences about what was left out or found wrong. */
    @Exported
    @Whitelisted
    public List<String> getWarnings() {
        return new ArrayList<>(warnings);
    }

    /** All of them, counted. */
    @Exported
    @Whitelisted
    public long getWarningCount() {
        return warningCount;
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    /** Bytes read from the source per second of the whole backup. */
    @Override
    public long getBytesPerSecond() {
        return perSecond(bytesRead, getDurationMillis());
    }

    /** Whether nothing was written. */
    @Exported
    @Whitelisted
    public boolean isDryRun() {
        return getId().isEmpty();
    }

    private static double ratio(long a, long b) {
        return b == 0 ? 0 : (double) a / b;
    }

    @Override
    public String toString() {
        return "backup of " + getSource() + ": " + (isDryRun() ? "dry run" : getId());
    }
}
