package io.jenkins.plugins.provenbackup.engine.mirror;

import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.repository.RememberedFile;
import io.jenkins.plugins.provenbackup.engine.source.FileTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.Problem;
import io.jenkins.plugins.provenbackup.engine.source.SourceItem;
import io.jenkins.plugins.provenbackup.engine.source.SourceWalk;
import io.jenkins.plugins.provenbackup.engine.storage.PlainTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run: walks the source and, beside it, what the mirror has, directory by directory. What has to wait for the end (hard
 * links, deletions, files in the place of directories) is collected meanwhile. The thread of the walk does everything but
 * files.
 */
final class MirrorRun {

    private final MirrorRequest request;
    private final MirrorTarget target;
    private final Optional<MirrorMemory> memory;
    private final MirrorLog log;
    private final Folder.Names names;
    private final Failures failures;
    private final EntryMirror entries;
    private final Deletions deletions;
    private final Deque<Folder> open = new ArrayDeque<>();
    private final List<Folder> postponed = new ArrayList<>();
    private final List<Blocked> blocked = new ArrayList<>();
    private final List<EntryMirror.Transfer> laterLinks = new ArrayList<>();
    private final Map<Long, EntryPath> firstLinks = new HashMap<>();
    private Optional<EntryPath> skipped = Optional.empty();
    private Optional<Node> root = Optional.empty();
    private long sourceFiles;
    private long mirrorFiles;

    /** A file or link in whose place the mirror has a directory. */
    private record Blocked(SourceItem item, Present there, Folder folder) {}

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
        failures = new Failures(log);
        entries = new EntryMirror(request, target, memory, targetAhead, log, failures);
        deletions = new Deletions(target, request, log);
    }

    void run() throws IOException, InterruptedException {
        // The lock is given back only when nobody writes any more.
        try (entries) {
            walk();
            entries.await();
            requireMeant();
            for (EntryMirror.Transfer link : laterLinks) {
                entries.requireRunning();
                entries.link(link, firstLinks.get(link.item().node().metadata().linkGroup()));
            }
            entries.await();
            delete();
            for (Folder folder : postponed) {
                if (!folder.path().isRoot()) {
                    entries.finish(folder.node(), Optional.empty());
                }
            }
            entries.requireRunning();
        }
    }

    /** Gives the root its metadata, when nothing will be done in it any more. */
    void finishRoot() throws IOException {
        if (root.isPresent()) {
            entries.finish(root.get(), Optional.empty());
        }
    }

    private void walk() throws IOException, InterruptedException {
        try (SourceWalk walk = new FileTreeSource(List.of(request.source()), request.walk()).walk(log::problem)) {
            for (Optional<SourceItem> item = walk.next(); item.isPresent(); item = walk.next()) {
                entries.requireRunning();
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
                        entries.symlink(item, folder, found);
                    } else {
                        file(item, folder, found);
                    }
                }
            }
        } catch (IOException e) {
            failures.add(node.path(), e);
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

    private void file(SourceItem item, Folder folder, Optional<Present> there)
            throws IOException, InterruptedException {
        Node node = item.node();
        Optional<RememberedFile> before = memory.flatMap(known -> known.recall(node.path()));
        MirrorMemory.Slot slot = slot();
        EntryMirror.Transfer file = new EntryMirror.Transfer(item, there, slot, folder);
        long group = node.metadata().linkGroup();
        if (group != 0 && target.hasHardLinks() && firstLinks.putIfAbsent(group, node.path()) != null) {
            laterLinks.add(file);
            slot.fill(before);
            folder.postpone();
            return;
        }
        folder.begin();
        entries.file(file, before, () -> folder.done(entries::finish));
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
                failures.add(path, e);
            }
        }
        folder.forgetNames();
        if (folder.isPostponed()) {
            postponed.add(folder);
        }
        folder.done(entries::finish);
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
            entries.requireRunning();
            try {
                if (one.item().node().type() == EntryType.SYMLINK) {
                    entries.symlink(one.item(), one.folder(), Optional.empty());
                } else {
                    entries.file(
                            new EntryMirror.Transfer(
                                    one.item(), Optional.empty(), new MirrorMemory.Slot(), one.folder()),
                            Optional.empty(),
                            () -> {});
                }
            } catch (IOException e) {
                failures.add(one.item().node().path(), e);
            }
        }
        entries.await();
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
