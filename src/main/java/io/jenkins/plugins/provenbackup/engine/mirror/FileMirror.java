package io.jenkins.plugins.provenbackup.engine.mirror;

import io.jenkins.plugins.provenbackup.engine.catalog.Metadata;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.repository.RememberedFile;
import io.jenkins.plugins.provenbackup.engine.source.Problem;
import io.jenkins.plugins.provenbackup.engine.source.SourceItem;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Mirrors one file: tells whether it has to be transferred, and transfers it. Thread-safe for different files. */
final class FileMirror {

    /** Beyond this, times of two clocks that were compared once tell which came first. */
    private static final Duration CLOCK_ERROR = Duration.ofSeconds(2);

    private final MirrorTarget target;
    private final MirrorRequest request;
    private final Optional<MirrorMemory> memory;
    private final Duration targetAhead;
    private final MirrorLog log;

    FileMirror(
            MirrorTarget target,
            MirrorRequest request,
            Optional<MirrorMemory> memory,
            Duration targetAhead,
            MirrorLog log) {
        this.target = target;
        this.request = request;
        this.memory = memory;
        this.targetAhead = targetAhead;
        this.log = log;
    }

    /** The closed choice of what to do. */
    private sealed interface Verdict permits Same, Other {}

    /** The content is there already; its hash, when it is known. */
    private record Same(Optional<ObjectHash> hash) implements Verdict {}

    private record Other() implements Verdict {}

    /**
     * What was done.
     *
     * @param learnt for the next run
     */
    record Mirrored(MirrorTarget.Change change, Optional<RememberedFile> learnt) {}

    /** Mirrors the file. */
    Mirrored mirror(SourceItem item, Optional<Present> there, Optional<RememberedFile> before) throws IOException {
        Verdict verdict = there.isPresent() ? compare(item, there.get(), before) : new Other();
        if (verdict instanceof Same same) {
            MirrorTarget.Adjusted adjusted = request.writes()
                    ? target.adjust(item, there.get())
                    : new MirrorTarget.Adjusted(
                            MirrorTarget.Change.NONE, there.get().mtime());
            log.changed(adjusted.change());
            return new Mirrored(adjusted.change(), Optional.of(remembered(item.node(), same.hash(), adjusted.mtime())));
        }
        if (!request.writes()) {
            log.written(item.node().size());
            return new Mirrored(MirrorTarget.Change.WRITTEN, Optional.empty());
        }
        return new Mirrored(MirrorTarget.Change.WRITTEN, Optional.of(write(item)));
    }

    private Verdict compare(SourceItem item, Present there, Optional<RememberedFile> before) throws IOException {
        Node node = item.node();
        boolean linkedByMistake = node.metadata().linkGroup() == 0 && there.links() > 1;
        if (!there.is(Present.Kind.FILE) || node.size() != there.size() || linkedByMistake) {
            return new Other();
        }
        if (request.comparison() == MirrorRequest.Comparison.CONTENT) {
            ObjectHash hash = hash(item);
            return hash.equals(hashThere(node)) ? new Same(Optional.of(hash)) : new Other();
        }
        if (before.isPresent()
                && before.get().size() == there.size()
                && before.get().copied().equals(there.mtime())) {
            if (memory.orElseThrow().isUnchanged(node, before.get())) {
                return new Same(before.get().hash());
            }
            if (before.get().hash().isPresent()) {
                ObjectHash hash = hash(item);
                return hash.equals(before.get().hash().get()) ? new Same(Optional.of(hash)) : new Other();
            }
        }
        boolean same = target.keepsTimes() ? target.sameTime(node, there) : isOlder(node.metadata(), there);
        return same ? new Same(Optional.empty()) : new Other();
    }

    /** Whether the file was last touched before the copy was made. */
    private boolean isOlder(Metadata source, Present there) {
        Instant touched = source.mtime().isAfter(source.ctime()) ? source.mtime() : source.ctime();
        return touched.plus(CLOCK_ERROR).isBefore(there.mtime().minus(targetAhead));
    }

    private static ObjectHash hash(SourceItem item) throws IOException {
        return new FileReading(item, FileReading.OnChange.NOTE).readThrough();
    }

    private ObjectHash hashThere(Node node) throws IOException {
        try (InputStream in = target.open(node.path());
                DigestOutputStream out =
                        new DigestOutputStream(OutputStream.nullOutputStream(), ObjectHash.newDigest())) {
            in.transferTo(out);
            return ObjectHash.of(out.getMessageDigest().digest());
        }
    }

    private RememberedFile write(SourceItem first) throws IOException {
        FileReading reading = new FileReading(first, FileReading.OnChange.FAIL);
        SourceItem item = first;
        Present now;
        try {
            now = target.write(item.complete(), reading);
        } catch (FileReading.ChangedException | StorageException.Unreadable e) {
            boolean changed =
                    e instanceof FileReading.ChangedException || e.getCause() instanceof FileReading.ChangedException;
            Optional<SourceItem> again = changed ? first.again() : Optional.empty();
            if (again.isEmpty()) {
                throw e;
            }
            item = again.get();
            reading = new FileReading(item, FileReading.OnChange.NOTE);
            now = target.write(item.complete(), reading);
        }
        if (reading.hasChanged()) {
            log.problem(new Problem(
                    item.node().path(),
                    Problem.Kind.CHANGED_WHILE_READ,
                    "'" + item.node().path() + "' changed while it was read; the next run copies it again"));
        }
        log.written(item.node().size());
        return remembered(item.node(), reading.hasChanged() ? Optional.empty() : reading.hash(), now.mtime());
    }

    private static RememberedFile remembered(Node node, Optional<ObjectHash> hash, Instant copied) {
        Metadata metadata = node.metadata();
        return new RememberedFile(
                node.path(), node.size(), metadata.mtime(), metadata.ctime(), metadata.inode(), hash, copied);
    }
}
