package io.jenkins.plugins.provenbackup.jenkins.results;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What a policy's retention did at one destination. Immutable. */
@ExportedBean(defaultVisibility = 999)
public final class RetentionReport implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final long kept;
    private final long forgotten;
    private final boolean pruned;
    private final long bytesFreed;
    private final long bytesCondemned;
    private final List<String> problems;

    /**
     * States it.
     *
     * @param name of the destination
     * @param kept snapshots of the policy that stay; 0 where the policy keeps everything and nothing was judged
     * @param forgotten snapshots that went
     * @param space what a prune did; null when there was none
     * @param problems why not everything could be done, in sentences
     */
    public RetentionReport(String name, long kept, long forgotten, Space space, List<String> problems) {
        this.name = name;
        this.kept = kept;
        this.forgotten = forgotten;
        this.pruned = space != null;
        this.bytesFreed = space == null ? 0 : space.freed;
        this.bytesCondemned = space == null ? 0 : space.condemned;
        this.problems = new ArrayList<>(problems);
    }

    /** Bytes that a prune gave back, and that one a day later will. */
    public static final class Space {
        private final long freed;
        private final long condemned;

        public Space(long freed, long condemned) {
            this.freed = freed;
            this.condemned = condemned;
        }
    }

    /** The destination's name. */
    @Exported
    public String getName() {
        return name;
    }

    /** Snapshots of the policy that stay. */
    @Exported
    public long getKept() {
        return kept;
    }

    /** Snapshots that went. */
    @Exported
    public long getForgotten() {
        return forgotten;
    }

    /** Whether a prune was made; once a day is enough. */
    @Exported
    public boolean isPruned() {
        return pruned;
    }

    /** Bytes that were given back. */
    @Exported
    public long getBytesFreed() {
        return bytesFreed;
    }

    /** Bytes that nobody needs, and that a prune a day later gives back. */
    @Exported
    public long getBytesCondemned() {
        return bytesCondemned;
    }

    /** Why not everything could be done, in sentences. */
    @Exported
    public List<String> getProblems() {
        return new ArrayList<>(problems);
    }
}
