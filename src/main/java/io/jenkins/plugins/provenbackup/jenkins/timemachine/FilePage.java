package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A file of a recovery point with its text, encrypted values masked. Immutable. */
public final class FilePage {

    /** Larger files are for downloading. */
    static final long MOST = 1 << 20;

    private final PointRow point;
    private final EntryPath path;
    private final EntryRow entry;
    private final String text;
    private final boolean isShown;
    private final boolean isAdministrator;

    private FilePage(PointRow point, EntryRow entry, EntryPath path, String text, boolean isShown, Sight sight) {
        this.point = point;
        this.path = path;
        this.entry = entry;
        this.text = text;
        this.isShown = isShown;
        this.isAdministrator = sight.isAdministrator();
    }

    /** Reads it for the one that the calling thread acts for. */
    static FilePage of(OpenHome home, String id, EntryPath path) throws IOException, InterruptedException {
        Sight sight = Sight.current();
        Snapshot point = NothingThereException.unless(sight.sees(path), home, id);
        Entry found = found(home, point, path, sight);
        EntryRow row = EntryRow.of(found, sight);
        boolean isReadable = sight.reads(path) && found.node().size() <= MOST;
        byte[] bytes = isReadable ? read(home, point, path) : new byte[0];
        boolean isText = isReadable && isText(bytes);
        return new FilePage(
                PointRow.of(point), row, path, isText ? new String(bytes, StandardCharsets.UTF_8) : "", isText, sight);
    }

    /** The file, for who may see it there. */
    static Entry found(OpenHome home, Snapshot point, EntryPath path, Sight sight)
            throws IOException, InterruptedException {
        if (path.isRoot() || !sight.isOpenTo(home, point, path)) {
            throw new NothingThereException();
        }
        return home.find(point, path)
                .filter(entry -> entry.node().type() == EntryType.FILE)
                .orElseThrow(NothingThereException::new);
    }

    /** The masked content of a file that is not large. */
    static byte[] read(OpenHome home, Snapshot point, EntryPath path) throws IOException, InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MaskingStream masked = new MaskingStream(bytes)) {
            home.write(point, path, masked);
        }
        return bytes.toByteArray();
    }

    /** Whether a person could read it. */
    static boolean isText(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return false;
            }
        }
        return true;
    }

    /** Its lines, for a comparison. */
    static List<String> lines(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }

    public PointRow getPoint() {
        return point;
    }

    public EntryRow getEntry() {
        return entry;
    }

    public List<Crumb> getCrumbs() {
        return Crumb.of(path);
    }

    public String getPath() {
        return path.toString();
    }

    public String getText() {
        return text;
    }

    /** Whether the text is shown. */
    public boolean isShown() {
        return isShown;
    }

    /** Whether it can be put back as a file. */
    public boolean isRestorable() {
        return isAdministrator;
    }
}
