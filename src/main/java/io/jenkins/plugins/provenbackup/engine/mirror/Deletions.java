package io.jenkins.plugins.provenbackup.engine.mirror;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Metadata;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a run is to delete, collected while it walks and done at its end, so that nothing is lost before everything is
 * copied and all deletions can be weighed together. For one thread.
 */
final class Deletions {

    private final MirrorTarget target;
    private final MirrorRequest request;
    private final MirrorLog log;
    private final List<Deletion> planned = new ArrayList<>();
    private long files;

    /** One entry; directories come after what they hold. */
    private record Deletion(EntryPath path, Present.Kind kind) {}

    Deletions(MirrorTarget target, MirrorRequest request, MirrorLog log) {
        this.target = target;
        this.request = request;
        this.log = log;
    }

    /** Plans to delete an entry with all that it holds, but for what is left out of the source; whether all of it. */
    boolean add(EntryPath path, Present there) throws IOException {
        if (log.mayExist(path) || isLeftOut(path, there)) {
            log.kept.incrementAndGet();
            return false;
        }
        if (!there.is(Present.Kind.DIRECTORY)) {
            files++;
            planned.add(new Deletion(path, there.kind()));
            return true;
        }
        boolean all = true;
        for (Map.Entry<ByteString, Present> child : target.list(path).entrySet()) {
            all &= add(path.child(child.getKey().toByteArray()), child.getValue());
        }
        if (all) {
            planned.add(new Deletion(path, there.kind()));
        }
        return all;
    }

    boolean isLeftOut(EntryPath path, Present there) {
        EntryType type = there.is(Present.Kind.DIRECTORY) ? EntryType.DIRECTORY : EntryType.FILE;
        Metadata any = new Metadata(0, 0, 0, "", "", Instant.EPOCH, Instant.EPOCH, 0, 0, List.of());
        return request.walk().excludes().matches(new Node(path, type, any, 0, ByteString.EMPTY));
    }

    boolean isEmpty() {
        return planned.isEmpty();
    }

    /** Files and links among what is to be deleted. */
    long files() {
        return files;
    }

    /** Deletes nothing, and says so. */
    void withhold() {
        log.withheld.addAndGet(planned.size());
        planned.clear();
    }

    /** Deletes. */
    void run() throws InterruptedException {
        for (Deletion deletion : planned) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the mirror run was cancelled");
            }
            try {
                if (request.writes()) {
                    target.delete(deletion.path(), deletion.kind());
                }
                log.deleted.incrementAndGet();
            } catch (IOException e) {
                log.failed(deletion.path(), "cannot be deleted: " + e.getMessage());
            }
        }
    }
}
