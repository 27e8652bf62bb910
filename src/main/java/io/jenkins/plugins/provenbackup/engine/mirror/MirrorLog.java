package io.jenkins.plugins.provenbackup.engine.mirror;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.source.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what a run does, and keeps the first of its problems. Thread-safe. */
final class MirrorLog {

    private static final int MOST_KEPT = 1000;

    final AtomicLong written = new AtomicLong();
    final AtomicLong bytes = new AtomicLong();
    final AtomicLong unchanged = new AtomicLong();
    final AtomicLong adjusted = new AtomicLong();
    final AtomicLong directories = new AtomicLong();
    final AtomicLong links = new AtomicLong();
    final AtomicLong deleted = new AtomicLong();
    final AtomicLong extra = new AtomicLong();
    final AtomicLong withheld = new AtomicLong();
    final AtomicLong kept = new AtomicLong();
    private final ProgressListener progress;
    private final List<String> problems = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private final Set<EntryPath> problematic = new HashSet<>();
    private long problemCount;
    private long incompleteCount;
    private long failureCount;

    MirrorLog(ProgressListener progress) {
        this.progress = progress;
    }

    synchronized void problem(Problem problem) {
        problemCount++;
        if (problem.kind().effect() == Problem.Effect.INCOMPLETE) {
            incompleteCount++;
        }
        if (problems.size() < MOST_KEPT) {
            problems.add(problem.message());
        }
        if (hidesEntries(problem.kind())) {
            problematic.add(problem.path());
        }
    }

    /** Whether the source may have more at or below the path than the walk has shown. */
    private static boolean hidesEntries(Problem.Kind kind) {
        return switch (kind) {
            case UNREADABLE_DIRECTORY,
                    UNREADABLE_ENTRY,
                    ILLEGAL_NAME,
                    NOT_FOUND,
                    VANISHED,
                    FIFO,
                    SOCKET,
                    DEVICE,
                    OTHER_TYPE,
                    OTHER_FILE_SYSTEM,
                    MARKED_NO_BACKUP,
                    CACHE_DIRECTORY -> true;
            default -> false;
        };
    }

    /** Whether the source may have an entry that the walk did not show, here or at a directory above. */
    synchronized boolean mayExist(EntryPath path) {
        EntryPath at = path;
        while (!problematic.contains(at)) {
            if (at.isRoot()) {
                return false;
            }
            at = at.parent();
        }
        return true;
    }

    synchronized void failed(EntryPath path, String reason) {
        failureCount++;
        if (failures.size() < MOST_KEPT) {
            failures.add("'" + path + "': " + reason);
        }
    }

    synchronized void notice(String notice) {
        notices.add(notice);
    }

    void changed(MirrorTarget.Change change) {
        switch (change) {
            case NONE -> unchanged.incrementAndGet();
            case ADJUSTED -> adjusted.incrementAndGet();
            case WRITTEN -> links.incrementAndGet();
            case LEFT_OUT -> {
                return;
            }
        }
    }

    void done(long size) {
        progress.entries(1);
        progress.bytes(size);
    }

    void written(long size) {
        written.incrementAndGet();
        bytes.addAndGet(size);
        progress.transferred(size);
    }

    synchronized MirrorResult result(String target, Map<String, Long> losses, Duration duration) {
        return new MirrorResult(
                target,
                written.get(),
                bytes.get(),
                unchanged.get(),
                adjusted.get(),
                directories.get(),
                links.get(),
                deleted.get(),
                extra.get(),
                withheld.get(),
                kept.get(),
                losses,
                problems,
                problemCount,
                incompleteCount,
                failures,
                failureCount,
                notices,
                duration);
    }
}
