package io.jenkins.plugins.provenbackup.engine.mirror;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.source.SourceItem;
import io.jenkins.plugins.provenbackup.engine.storage.PlainContent;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A place that a tree is mirrored to. Directories are made before what they hold and finished after it; apart from that all
 * methods may be called by several threads at once, for different entries. None follows a link below the root, and none
 * touches anything outside of it.
 */
interface MirrorTarget extends AutoCloseable {

    /** For messages, without credentials. */
    String location();

    /** How many threads are of use. */
    int threads();

    /** Whether a file is replaced in one step. */
    boolean replacesAtOnce() throws IOException;

    /** Whether files keep the mtime of the source. */
    boolean keepsTimes() throws IOException;

    /** Whether a file has the mtime of the source's, as exactly as this place can keep it. */
    boolean sameTime(Node node, Present there);

    /** What a directory holds, by name; nothing when it is not there. */
    Map<ByteString, Present> list(EntryPath directory) throws IOException;

    /** What is at a path though it was not listed: some servers hide names that begin with a dot. */
    Optional<Present> hidden(EntryPath path) throws IOException;

    /**
     * Makes a directory, replacing a file or link, or makes sure that one can be written to.
     *
     * @param there what is there
     */
    void directory(Node node, Optional<Present> there) throws IOException;

    /**
     * Writes a file that has its name only when it is complete, replacing a file or link.
     *
     * @param node complete
     * @return what is there now
     */
    Present write(Node node, PlainContent content) throws IOException;

    /** Makes or corrects a symbolic link. */
    Change symlink(Node node, Optional<Present> there) throws IOException;

    /** Whether several names can be one file. */
    boolean hasHardLinks();

    /** Makes an entry a link of another that is done; empty when that cannot be, so that it has to be written. */
    Optional<Change> link(Node node, EntryPath first) throws IOException;

    /** Corrects the metadata of a file whose content is right. */
    Adjusted adjust(SourceItem item, Present there) throws IOException;

    /**
     * Gives a directory its metadata.
     *
     * @param there what it has now; empty when that is not known, because something was done in it
     */
    void finish(Node directory, Optional<Present> there) throws IOException;

    /** Deletes a file or link, or an empty directory. */
    void delete(EntryPath path, Present.Kind kind) throws IOException;

    /** The content of a file. */
    InputStream open(EntryPath path) throws IOException;

    /** Whether a name and the same in capitals are one file, and this place does not tell them apart by itself. */
    boolean foldsCase(String existing) throws IOException;

    /** Writes a small file at the root, for {@link MirrorLock}. */
    Present mark(String name, byte[] content) throws IOException;

    /** What is lost here, by description. */
    Map<String, Long> losses();

    @Override
    void close() throws IOException;

    /**
     * What was corrected.
     *
     * @param mtime as this place tells it now
     */
    record Adjusted(Change change, Instant mtime) {}

    /** What was done to an entry. */
    enum Change {
        NONE,
        ADJUSTED,
        WRITTEN,
        /** It cannot be here, which was counted as a loss. */
        LEFT_OUT
    }
}
