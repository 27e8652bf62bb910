package io.jenkins.plugins.provenbackup.engine.mirror;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.Workers;
import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.repository.RememberedFile;
import io.jenkins.plugins.provenbackup.engine.source.FileTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.Problem;
import io.jenkins.plugins.provenbackup.engine.source.SourceException;
import io.jenkins.plugins.provenbackup.engine.source.SourceItem;
import io.jenkins.plugins.provenbackup.engine.source.SourceWalk;
import io.jenkins.plugins.provenbackup.engine.source.UnreadableItemException;
import io.jenkins.plugins.provenbackup.engine.storage.PlainTree;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.target.TargetFullException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One run: walks the source and, beside it, what the mirror has, directory by directory; files go to several threads. What
 * has to wait for the end (hard links, deletions, files in the place of directories) is collected meanwhile. The thread of
 * the walk does everything but files.
 */
@SuppressFBWarnings(
        value = "AT_NONATOMIC_OPERATIONS_ON_SHARED_VARIABLE",
        justification = "only the thread of the walk counts; the others copy files")
final class MirrorRun {

    private static final int MOST_QUEUED = 256;

    private final MirrorRequest request;
    private final MirrorTarget target;
    private final Optional<MirrorMemory> memory;
    private final MirrorLog log;
    private final Folder.Names names;
    private final FileMirror files;
    private final Deletions deletions;
    private final Deque<Folder> open = new ArrayDeque<>();
    private final List<Folder> postponed = new ArrayList<>();
    private final List<Blocked> blocked = new ArrayList<>();
    private final List<LaterLink> laterLinks = new ArrayList<>();
    private final Map<Long, EntryPath> firstLinks = new HashMap<>();
    private final Workers workers;
    private Optional<EntryPath> skipped = Optional.empty();
    private Optional<Node> root = Optional.empty();
    private long sourceFiles;
    private long mirrorFiles;
    private final AtomicInteger passingFailures = new AtomicInteger();
    private volatile IOException fatal;

    /** A file or link in whose place the mirror has a directory. */
    private record Blocked(SourceItem item, Present there, Folder folder) {}

    /** A further name of a file. */
    private record LaterLink(SourceItem item, Optional<Present> there, MirrorMemory.Slot slot, Folder folder) {}

    MirrorRun(
            MirrorRequest request,
            MirrorTarget target,
            Optional<MirrorMemory> memory,
            Duration targetAhead,
            Folder.Names names,
            MirrorLog log) {
        this.request = request;
        this.names = names;
        this.target = target;
        this.memory = memory;
        this.log = log;
        files = new FileMirror(target, request, memory, targetAhead, log);
        deletions = new Deletions(target, request, log);
        workers = new Workers("mirror", target.threads(), MOST_QUEUED);
    }

    void run() throws IOException, InterruptedException {
        try {
            walk();
            await();
            requireMeant();
            for (LaterLink link : laterLinks) {
                link(link);
            }
            await();
            delete();
            for (Folder folder : postponed) {
                if (!folder.path().isRoot()) {
                    finish(folder.node(), Optional.empty());
                }
            }
            requireRunning();
        } finally {
            // The lock is given back only when nobody writes any more.
            workers.close();
        }
    }

    /** Gives the root its metadata, when nothing will be done in it any more. */
    void finishRoot() throws IOException {
        if (root.isPresent()) {
            finish(root.get(), Optional.empty());
        }
    }

    private void walk() throws IOException, InterruptedException {
        try (SourceWalk walk = new FileTreeSource(List.of(request.source()), request.walk()).walk(log::problem)) {
            for (Optional<SourceItem> item = walk.next(); item.isPresent(); item = walk.next()) {
                requireRunning();
                Node node = item.get().node();
                while (!open.isEmpty() && !node.path().isWithin(open.peekLast().path())) {
                    leave(open.removeLast());
                }
                if (skipped.isEmpty() || !node.path().isWithin(skipped.get())) {
                    visit(item.get());
                }
            }
        }
        while (!open.isEmpty()) {
            leave(open.removeLast());
        }
    }

    private void visit(SourceItem item) throws IOException, InterruptedException {
        Node node = item.node();
        if (node.path().isRoot()) {
            root = Optional.of(item.complete());
            Map<ByteString, Present> there = target.list(EntryPath.ROOT);
            Folder folder = new Folder(root.get(), Optional.empty(), Optional.empty(), there, names);
            folder.postpone();
            open.addLast(folder);
            return;
        }
        if (isOwnName(node.path().name())) {
            log.problem(new Problem(
                    node.path(),
                    Problem.Kind.OTHER_TYPE,
                    "'" + node.path() + "' is a temporary file of this program and is not mirrored"));
            return;
        }
        Folder folder = open.getLast();
        if (folder.isTaken(node.path().name())) {
            log.failed(
                    node.path(),
                    "this destination takes its name for that of another entry, which differs in case only");
            skipped = Optional.of(node.path());
            return;
        }
        Optional<Present> there = folder.meet(node.path().name());
        try {
            if (there.isEmpty() && folder.wasThere() && node.path().name()[0] == '.') {
                there = target.hidden(node.path());
            }
            Optional<Present> found = there;
            switch (node.type()) {
                case DIRECTORY -> enter(item, folder, found);
                case SYMLINK, FILE -> {
                    sourceFiles++;
                    found.filter(one -> !one.is(Present.Kind.DIRECTORY)).ifPresent(one -> mirrorFiles++);
                    if (found.filter(one -> one.is(Present.Kind.DIRECTORY)).isPresent()) {
                        block(new Blocked(item, found.get(), folder));
                    } else if (node.type() == EntryType.SYMLINK) {
                        symlink(item, folder, found);
                    } else {
                        file(item, folder, found);
                    }
                }
            }
        } catch (IOException e) {
            failed(node.path(), e);
            skipped = Optional.of(node.path());
        }
    }

    private void enter(SourceItem item, Folder parent, Optional<Present> there) throws IOException {
        Node node = item.complete();
        boolean exists = there.filter(one -> one.is(Present.Kind.DIRECTORY)).isPresent();
        if (request.writes()) {
            target.directory(node, there);
        }
        if (!exists) {
            parent.touch();
            log.directories.incrementAndGet();
        }
        Map<ByteString, Present> present = exists ? target.list(node.path()) : Map.of();
        open.addLast(new Folder(node, Optional.of(parent), exists ? there : Optional.empty(), present, names));
        log.done(0);
    }

    /** Removing a directory is a deletion, so it is weighed and done with the others. */
    private void block(Blocked one) throws IOException {
        EntryPath path = one.item().node().path();
        if (request.unlisted() != MirrorRequest.Unlisted.DELETE) {
            log.failed(path, "the mirror has a directory of that name; --delete removes it");
            return;
        }
        deletions.add(path, one.there());
        blocked.add(one);
        one.folder().postpone();
    }

    private void symlink(SourceItem item, Folder folder, Optional<Present> there) throws IOException {
        MirrorTarget.Change change = MirrorTarget.Change.WRITTEN;
        if (request.writes()) {
            change = target.symlink(item.complete(), there);
        } else if (there.filter(one -> one.is(Present.Kind.SYMLINK)).isPresent()) {
            change = MirrorTarget.Change.NONE;
        }
        if (change == MirrorTarget.Change.WRITTEN) {
            folder.touch();
        }
        log.changed(change);
        log.done(0);
    }

    private void file(SourceItem item, Folder folder, Optional<Present> there)
            throws IOException, InterruptedException {
        Node node = item.node();
        Optional<RememberedFile> before = memory.flatMap(known -> known.recall(node.path()));
        MirrorMemory.Slot slot = slot();
        long group = node.metadata().linkGroup();
        if (group != 0 && target.hasHardLinks() && firstLinks.putIfAbsent(group, node.path()) != null) {
            laterLinks.add(new LaterLink(item, there, slot, folder));
            slot.fill(before);
            folder.postpone();
            return;
        }
        folder.begin();
        submit(item, there, before, slot, () -> folder.done(this::finish), folder);
    }

    private void submit(
            SourceItem item,
            Optional<Present> there,
            Optional<RememberedFile> before,
            MirrorMemory.Slot slot,
            Runnable done,
            Folder folder)
            throws InterruptedException {
        workers.execute(() -> {
            Optional<RememberedFile> learnt = before;
            try {
                learnt = mirror(item, there, before, folder);
            } finally {
                slot.fill(learnt);
                done.run();
            }
        });
    }

    /** Mirrors one file; what is known of it afterwards. */
    private Optional<RememberedFile> mirror(
            SourceItem item, Optional<Present> there, Optional<RememberedFile> before, Folder folder) {
        if (fatal != null || !workers.isSound()) {
            return before;
        }
        try {
            FileMirror.Mirrored mirrored = files.mirror(item, there, before);
            passingFailures.set(0);
            if (mirrored.change() == MirrorTarget.Change.WRITTEN) {
                folder.touch();
            }
            log.done(item.node().size());
            return mirrored.learnt();
        } catch (IOException e) {
            failed(item.node().path(), e);
        } catch (RuntimeException e) {
            log.failed(item.node().path(), "unexpected failure: " + e);
        }
        return before;
    }

    private MirrorMemory.Slot slot() throws InterruptedException {
        return memory.isPresent() ? memory.get().next() : new MirrorMemory.Slot();
    }

    /** The walk has left a directory: what it did not meet there is not in the source. */
    private void leave(Folder folder) throws IOException {
        for (Map.Entry<ByteString, Present> other : folder.unmet().entrySet()) {
            byte[] name = other.getKey().toByteArray();
            EntryPath path = folder.path().child(name);
            try {
                unmet(folder, path, name, other.getValue());
            } catch (IOException e) {
                failed(path, e);
            }
        }
        folder.forgetNames();
        if (folder.isPostponed()) {
            postponed.add(folder);
        }
        folder.done(this::finish);
    }

    private void unmet(Folder folder, EntryPath path, byte[] name, Present there) throws IOException {
        if (isLock(name) && folder.path().isRoot()) {
            return;
        }
        if (isOwnName(name) && there.is(Present.Kind.FILE)) {
            if (request.writes()) {
                folder.touch();
                target.delete(path, there.kind());
            }
            return;
        }
        if (folder.mayBeMet(name)) {
            log.kept.incrementAndGet();
        } else if (request.unlisted() == MirrorRequest.Unlisted.DELETE) {
            deletions.add(path, there);
            folder.postpone();
        } else if (!log.mayExist(path) && !deletions.isLeftOut(path, there)) {
            log.extra.incrementAndGet();
        }
    }

    /** An empty source is most likely a disk that is not mounted. */
    private void requireMeant() throws RefusedException {
        boolean mirrorHasMore = !deletions.isEmpty() || log.extra.get() > 0 || log.kept.get() > 0;
        if (sourceFiles == 0 && mirrorHasMore && request.empty() == MirrorRequest.EmptySource.MISTAKE) {
            throw new RefusedException("There is no file in " + request.source() + ", but there are some at "
                    + target.location() + ": nothing was deleted. Check that the source's disk is mounted; when the"
                    + " source is meant to be empty, use --allow-empty.");
        }
    }

    private void delete() throws IOException, InterruptedException {
        long all = mirrorFiles + deletions.files();
        boolean tooMany = deletions.files() * 100 > all * request.mostDeleted()
                && !(sourceFiles == 0 && request.empty() == MirrorRequest.EmptySource.INTENDED);
        if (tooMany) {
            log.notice("Nothing was deleted: " + deletions.files() + " of the mirror's " + all
                    + " files are not in the source any more, which is more than " + request.mostDeleted()
                    + " %. When that is right, use --max-delete.");
            deletions.withhold();
            blocked.forEach(one -> log.failed(
                    one.item().node().path(), "the mirror has a directory of that name, which was not deleted"));
            return;
        }
        deletions.run();
        for (Blocked one : blocked) {
            requireRunning();
            try {
                if (one.item().node().type() == EntryType.SYMLINK) {
                    symlink(one.item(), one.folder(), Optional.empty());
                } else {
                    submit(
                            one.item(),
                            Optional.empty(),
                            Optional.empty(),
                            new MirrorMemory.Slot(),
                            () -> {},
                            one.folder());
                }
            } catch (IOException e) {
                failed(one.item().node().path(), e);
            }
        }
        await();
    }

    private void link(LaterLink link) throws IOException, InterruptedException {
        requireRunning();
        Node node = link.item().node();
        EntryPath first = firstLinks.get(node.metadata().linkGroup());
        try {
            Optional<MirrorTarget.Change> change = request.writes()
                    ? target.link(link.item().complete(), first)
                    : Optional.of(link.there().isPresent() ? MirrorTarget.Change.NONE : MirrorTarget.Change.WRITTEN);
            if (change.isEmpty()) {
                submit(link.item(), link.there(), Optional.empty(), link.slot(), () -> {}, link.folder());
            } else {
                log.changed(change.get());
                log.done(node.size());
            }
        } catch (IOException e) {
            failed(node.path(), e);
        }
    }

    private void finish(Node directory, Optional<Present> there) {
        if (request.writes() && fatal == null) {
            try {
                target.finish(directory, there);
            } catch (IOException e) {
                failed(directory.path(), e);
            }
        }
    }

    /** Notes what failed; after what concerns all the others too, the run ends. */
    private void failed(EntryPath path, IOException e) {
        boolean passing = e instanceof StorageException storage && storage.mayPass();
        boolean interrupted = e instanceof ClosedByInterruptException
                || Thread.currentThread().isInterrupted();
        // One entry may have a trouble of its own; two in a row have the same.
        if (passing && passingFailures.incrementAndGet() > 1
                || interrupted
                || e instanceof TargetFullException
                || e instanceof StorageException.Full
                || e instanceof SourceException) {
            fatal = fatal == null ? e : fatal;
        } else if (e instanceof UnreadableItemException unreadable) {
            log.problem(unreadable.problem());
        } else if (e instanceof StorageException.Unreadable && e.getCause() instanceof UnreadableItemException cause) {
            log.problem(cause.problem());
        } else if (e instanceof StorageException.Unreadable) {
            log.problem(new Problem(path, Problem.Kind.UNREADABLE_ENTRY, "'" + path + "': " + e.getMessage()));
        } else {
            log.failed(path, e.getMessage());
        }
    }

    private void await() throws IOException, InterruptedException {
        workers.await();
        requireRunning();
    }

    private void requireRunning() throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the mirror run was cancelled");
        }
        if (fatal != null) {
            throw fatal;
        }
        workers.requireSound();
    }

    private static boolean isLock(byte[] name) {
        return MirrorLock.NAME.matcher(text(name)).matches();
    }

    private static boolean isOwnName(byte[] name) {
        return PlainTree.TEMPORARY.matcher(text(name)).matches() || isLock(name);
    }

    private static String text(byte[] name) {
        return new String(name, StandardCharsets.ISO_8859_1);
    }
}
