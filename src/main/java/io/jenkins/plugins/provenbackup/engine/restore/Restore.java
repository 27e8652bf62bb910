package io.jenkins.plugins.provenbackup.engine.restore;

import io.jenkins.plugins.provenbackup.engine.Cancellation;
import io.jenkins.plugins.provenbackup.engine.OwnDirectories;
import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.SnapshotReading;
import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.target.Action;
import io.jenkins.plugins.provenbackup.engine.target.LinkOutcome;
import io.jenkins.plugins.provenbackup.engine.target.RestoreOptions;
import io.jenkins.plugins.provenbackup.engine.target.RestoreTarget;
import io.jenkins.plugins.provenbackup.engine.target.TargetException;
import io.jenkins.plugins.provenbackup.engine.target.TargetFullException;
import io.jenkins.plugins.provenbackup.engine.target.Unlisted;
import io.jenkins.plugins.provenbackup.engine.transfer.BlockLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Restores a snapshot, or part of it, to a directory. Entries are made in the order of the catalog, the content of small
 * files on several threads; hard links follow when their first members are there, and a second pass over the catalog gives
 * directories their times. For one thread, whose interrupt cancels it.
 */
public final class Restore {

    private final RestoreRequest request;
    private final ProgressListener progress;
    private final RestoreLog log;
    private final Includes includes;
    private final Map<Long, EntryPath> firstLinks = new HashMap<>();
    private final List<Entry> laterLinks = new ArrayList<>();
    private final Deque<Node> unmade = new ArrayDeque<>();

    private Restore(RestoreRequest request, ProgressListener progress) {
        this.request = request;
        this.progress = progress;
        this.log = new RestoreLog(progress);
        this.includes = request.includes().map(Includes::matching).orElseGet(Includes::all);
    }

    /**
     * Runs a restore.
     *
     * @throws IOException when it could not go on: a full disk, a catalog that no destination gives; what is there then is
     *     complete in itself
     * @throws InterruptedException when the thread was interrupted
     */
    public static RestoreResult run(RestoreRequest request, ProgressListener progress)
            throws IOException, InterruptedException {
        return Cancellation.told(() -> new Restore(request, progress).run());
    }

    private RestoreResult run() throws IOException, InterruptedException {
        long start = System.nanoTime();
        if (request.unlisted() == Unlisted.DELETE) {
            requireRepositoriesElsewhere();
        }
        progress.phase(ProgressListener.Phase.RESTORING);
        boolean isWhole = includes.isEverything() && request.within().isRoot();
        if (isWhole) {
            var totals = request.manifest().totals();
            progress.expect(totals.files() + totals.directories() + totals.symlinks(), totals.bytes());
        }
        BlockLoader.Access access = isWhole ? BlockLoader.Access.IN_ORDER : BlockLoader.Access.SINGLE;
        RestoreOptions options = new RestoreOptions(request.overwrite(), request.ownership(), request.unlisted(), log);
        try (SnapshotReading reading = new SnapshotReading(
                        request.manifest(), request.key(), request.streamKeys(), request.replicas(), access, log);
                RestoreTarget target = RestoreTarget.open(request.target(), options);
                FileWriters writers = new FileWriters(
                        target,
                        reading.contents(),
                        request.key(),
                        request.manifest().epoch(),
                        log,
                        progress)) {
            RootedCatalog catalog = new RootedCatalog(reading.catalog(), request.within());
            makeEntries(catalog, target, writers);
            writers.finish();
            linkLater(catalog, target, writers);
            if (request.unlisted() == Unlisted.DELETE) {
                deleteOthers(catalog, target);
            }
            if (request.mode() == RestoreRequest.Mode.WRITE) {
                finishDirectories(catalog, target);
            }
        }
        return log.result(request.manifest().id(), Duration.ofNanos(System.nanoTime() - start));
    }

    /** No snapshot lists the repository that it lies in, so it would be deleted. */
    private void requireRepositoriesElsewhere() throws IOException {
        if (!Files.exists(request.target())) {
            return;
        }
        Path target = request.target().toRealPath();
        for (Path repository : OwnDirectories.of(request.replicas().stream().map(Replica::location))) {
            if (repository.startsWith(target)) {
                throw new RefusedException(
                        "The repository " + repository + " lies in the target, and the snapshot does not"
                                + " list it, so deleting what the snapshot does not list would delete the backup. Nothing was"
                                + " changed: restore without deleting, or to another directory.");
            }
        }
    }

    private void makeEntries(RootedCatalog catalog, RestoreTarget target, FileWriters writers)
            throws IOException, InterruptedException {
        RootedCatalog.Entries entries = catalog.entries();
        for (Optional<Entry> next = entries.next(); next.isPresent(); next = entries.next()) {
            requireRunning();
            Entry entry = next.get();
            Node node = entry.node();
            while (!unmade.isEmpty() && !node.path().isWithin(unmade.peekLast().path())) {
                unmade.removeLast();
            }
            if (!includes.select(node)) {
                if (node.type() == EntryType.DIRECTORY) {
                    unmade.addLast(node);
                }
                continue;
            }
            while (!unmade.isEmpty()) {
                make(target, Entry.of(unmade.removeFirst()), catalog, writers);
            }
            make(target, entry, catalog, writers);
        }
    }

    private void make(RestoreTarget target, Entry entry, RootedCatalog catalog, FileWriters writers)
            throws IOException, InterruptedException {
        Node node = entry.node();
        try {
            Action action = target.plan(node);
            long group = node.metadata().linkGroup();
            if (node.type() == EntryType.FILE && group != 0 && firstLinks.putIfAbsent(group, node.path()) != null) {
                laterLinks.add(entry);
                return;
            }
            if (!action.writes()) {
                if (action.kind() == Action.Kind.UPDATE_METADATA && writes() && node.type() != EntryType.DIRECTORY) {
                    target.updateMetadata(node);
                }
                if (node.type() == EntryType.DIRECTORY && action.kind() != Action.Kind.REFUSE && writes()) {
                    target.directory(node);
                }
                passed(node, action);
            } else {
                write(target, entry, catalog, writers);
            }
        } catch (TargetFullException e) {
            throw e;
        } catch (TargetException e) {
            log.failed(node.path(), e.getMessage());
        }
    }

    private void passed(Node node, Action action) {
        log.passed(node.path(), action);
        progress.entries(1);
        progress.bytes(node.size());
    }

    private void write(RestoreTarget target, Entry entry, RootedCatalog catalog, FileWriters writers)
            throws IOException, InterruptedException {
        Node node = entry.node();
        switch (node.type()) {
            case DIRECTORY -> {
                if (writes()) {
                    target.directory(node);
                }
                log.directories.incrementAndGet();
                progress.entries(1);
            }
            case SYMLINK -> {
                if (writes()) {
                    target.symlink(node);
                }
                log.symlinks.incrementAndGet();
                progress.entries(1);
            }
            case FILE -> {
                if (writes()) {
                    writers.write(entry, catalog);
                } else {
                    log.files.incrementAndGet();
                    log.bytes.addAndGet(node.size());
                    progress.entries(1);
                    progress.bytes(node.size());
                }
            }
        }
    }

    private void linkLater(RootedCatalog catalog, RestoreTarget target, FileWriters writers)
            throws IOException, InterruptedException {
        for (Entry entry : laterLinks) {
            requireRunning();
            Node node = entry.node();
            EntryPath first = firstLinks.get(node.metadata().linkGroup());
            try {
                Action action = target.planHardLink(node, first);
                if (!action.writes()) {
                    passed(node, action);
                    continue;
                }
                switch (writes() ? target.hardLink(node, first) : LinkOutcome.LINKED) {
                    case LINKED -> {
                        log.hardLinks.incrementAndGet();
                        progress.entries(1);
                        progress.bytes(node.size());
                    }
                    case COPY_NEEDED -> writers.write(entry, catalog);
                }
            } catch (TargetFullException e) {
                throw e;
            } catch (TargetException e) {
                log.failed(node.path(), e.getMessage());
            }
        }
        writers.finish();
    }

    private void deleteOthers(RootedCatalog catalog, RestoreTarget target) throws IOException, InterruptedException {
        progress.phase(ProgressListener.Phase.CLEANING);
        RootedCatalog.Entries entries = catalog.entries();
        Deque<EntryPath> open = new ArrayDeque<>();
        Deque<Set<ByteString>> names = new ArrayDeque<>();
        open.addLast(EntryPath.ROOT);
        names.addLast(new HashSet<>());
        for (Optional<Entry> next = entries.next(); next.isPresent(); next = entries.next()) {
            requireRunning();
            Node node = next.get().node();
            if (node.path().isRoot()) {
                continue;
            }
            while (!node.path().parent().equals(open.peekLast())) {
                deleteOthers(target, open.removeLast(), names.removeLast());
            }
            names.peekLast().add(ByteString.of(node.path().name()));
            if (node.type() == EntryType.DIRECTORY) {
                open.addLast(node.path());
                names.addLast(new HashSet<>());
            }
        }
        while (!open.isEmpty()) {
            deleteOthers(target, open.removeLast(), names.removeLast());
        }
    }

    /** Only where the whole directory was asked for: what was not selected is not known to be unwanted. */
    private void deleteOthers(RestoreTarget target, EntryPath directory, Set<ByteString> names) {
        if (!includes.isEverything()) {
            return;
        }
        try {
            for (EntryPath other : target.others(directory, names)) {
                if (writes()) {
                    target.delete(other);
                }
                log.deleted.incrementAndGet();
            }
        } catch (TargetException e) {
            log.failed(directory, e.getMessage());
        }
    }

    /** Children before their directories, with no more in memory than the directories of one path. */
    private void finishDirectories(RootedCatalog catalog, RestoreTarget target)
            throws IOException, InterruptedException {
        RootedCatalog.Entries entries = catalog.entries();
        Includes again = request.includes().map(Includes::matching).orElseGet(Includes::all);
        Deque<Directory> open = new ArrayDeque<>();
        for (Optional<Entry> next = entries.next(); next.isPresent(); next = entries.next()) {
            requireRunning();
            Node node = next.get().node();
            boolean selected = again.select(node);
            while (!open.isEmpty() && !node.path().isWithin(open.peekLast().node.path())) {
                finish(target, open.removeLast());
            }
            if (selected) {
                open.forEach(directory -> directory.made = true);
            }
            if (node.type() == EntryType.DIRECTORY) {
                open.addLast(new Directory(node, selected));
            }
        }
        while (!open.isEmpty()) {
            finish(target, open.removeLast());
        }
    }

    /** A directory that the second pass is in. */
    private static final class Directory {
        private final Node node;
        private boolean made;

        Directory(Node node, boolean made) {
            this.node = node;
            this.made = made;
        }
    }

    private void finish(RestoreTarget target, Directory directory) throws TargetException {
        if (!directory.made) {
            return;
        }
        try {
            target.finishDirectory(directory.node);
        } catch (TargetFullException e) {
            throw e;
        } catch (TargetException e) {
            log.failed(directory.node.path(), e.getMessage());
        }
    }

    private boolean writes() {
        return request.mode() == RestoreRequest.Mode.WRITE;
    }

    private static void requireRunning() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the restore was cancelled");
        }
    }
}
