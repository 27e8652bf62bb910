package io.jenkins.plugins.provenbackup.engine.mirror;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A directory that the walk is in: what the mirror has there and the walk has not met yet. It is finished when the walk has
 * left it and all that was begun in it is done.
 */
final class Folder {

    /** What the mirror makes of names. */
    enum Names {
        EXACT,
        /** Case does not count. */
        CASE_FOLDED
    }

    /** What a folder of the mirror is given when it is done. */
    @FunctionalInterface
    interface Finish {
        void finish(Node directory, Optional<Present> there);
    }

    private final Node node;
    private final Optional<Folder> parent;
    private final Optional<Present> there;
    private final Map<ByteString, Present> unmet;
    private final Set<String> met = new HashSet<>();
    private final Names names;
    private final AtomicInteger underWay = new AtomicInteger(1);
    private volatile boolean touched;
    private boolean postponed;

    Folder(Node node, Optional<Folder> parent, Optional<Present> there, Map<ByteString, Present> present, Names names) {
        this.node = node;
        this.names = names;
        this.parent = parent;
        this.there = there;
        this.unmet = new HashMap<>(present);
        parent.ifPresent(Folder::begin);
    }

    Node node() {
        return node;
    }

    EntryPath path() {
        return node.path();
    }

    Optional<Folder> parent() {
        return parent;
    }

    /** What the mirror has under the name of an entry, which now counts as met. */
    Optional<Present> meet(byte[] name) {
        met.add(folded(name));
        return Optional.ofNullable(unmet.remove(ByteString.of(name)));
    }

    /** Whether the mirror would take an entry for another one that was met. */
    boolean isTaken(byte[] name) {
        return names == Names.CASE_FOLDED && mayBeMet(name);
    }

    /** What the walk has not met. */
    Map<ByteString, Present> unmet() {
        return unmet;
    }

    /**
     * Whether a name that was not met may be another spelling of one that was: some places store decomposed letters, or
     * think nothing of case.
     */
    boolean mayBeMet(byte[] name) {
        return met.contains(folded(name));
    }

    /** Whether the mirror had it before this run. */
    boolean wasThere() {
        return parent.isEmpty() || there.isPresent();
    }

    /** Something in it is written, so its mtime has to be set again. */
    void touch() {
        touched = true;
    }

    Optional<Present> there() {
        return touched ? Optional.empty() : there;
    }

    /** Something will be done in it at the end of the run, so it cannot be finished before. */
    void postpone() {
        touch();
        for (Optional<Folder> at = Optional.of(this); at.isPresent() && !at.get().postponed; at = at.get().parent) {
            at.get().postponed = true;
        }
    }

    boolean isPostponed() {
        return postponed;
    }

    void begin() {
        underWay.incrementAndGet();
    }

    /** Whatever was begun is done; the last one finishes the directory, and is then done with its parent. */
    void done(Finish finish) {
        if (underWay.decrementAndGet() == 0) {
            if (!postponed) {
                finish.finish(node, there());
            }
            parent.ifPresent(above -> above.done(finish));
        }
    }

    /** The walk has left: names are of no use any more. */
    void forgetNames() {
        unmet.clear();
        met.clear();
    }

    private String folded(byte[] name) {
        String text = Normalizer.normalize(new String(name, StandardCharsets.UTF_8), Normalizer.Form.NFC);
        return names == Names.CASE_FOLDED ? text.toLowerCase(Locale.ROOT) : text;
    }
}
