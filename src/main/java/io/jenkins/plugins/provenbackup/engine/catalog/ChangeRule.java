package io.jenkins.plugins.provenbackup.engine.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Tells an unchanged entry without reading it: type, size, mtime, ctime and inode are the same, and the mtime is not so
 * close to the parent's run that a later change could have left it as it was (file systems keep as little as 2 s).
 *
 * @param ignored what is not compared
 * @param parentStart when the parent began
 * @param parentEnd when the parent had read its last file, not before its start
 */
public record ChangeRule(Set<Ignored> ignored, Instant parentStart, Instant parentEnd) {

    /** Farther than this from the parent's run, two different states of a file have different mtimes. */
    public static final Duration COARSEST_CLOCK = Duration.ofSeconds(2);

    /** What a file system may change although nothing happened. */
    public enum Ignored {
        INODE,
        CTIME
    }

    public ChangeRule {
        ignored = Set.copyOf(ignored);
    }

    /**
     * Whether the content is as the parent has it, and with it what the inode's ctime vouches for: extended attributes
     * and a link's target. Names of owners are not compared, and mode, owner and link group only by {@link #sameAttributes}.
     */
    public boolean unchanged(Node now, Node before) {
        Metadata a = now.metadata();
        Metadata b = before.metadata();
        return now.type() == before.type()
                && now.size() == before.size()
                && a.mtime().equals(b.mtime())
                && (ignored.contains(Ignored.CTIME) || a.ctime().equals(b.ctime()))
                && (ignored.contains(Ignored.INODE) || a.inode() == b.inode())
                && !isRecent(a.mtime());
    }

    /**
     * Whether mode, numeric owners, link group, ctime and inode are recorded as they are now: when they are, and {@link
     * #unchanged} holds, the parent's entry can be used as it is.
     */
    public boolean sameAttributes(Node now, Node before) {
        Metadata a = now.metadata();
        Metadata b = before.metadata();
        return a.mode() == b.mode()
                && a.uid() == b.uid()
                && a.gid() == b.gid()
                && a.linkGroup() == b.linkGroup()
                && a.inode() == b.inode()
                && a.ctime().equals(b.ctime());
    }

    private boolean isRecent(Instant mtime) {
        return !mtime.isBefore(parentStart.minus(COARSEST_CLOCK)) && !mtime.isAfter(parentEnd.plus(COARSEST_CLOCK));
    }
}
