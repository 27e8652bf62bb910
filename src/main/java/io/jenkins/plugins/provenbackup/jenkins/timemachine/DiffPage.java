package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A text file in two recovery points, or in one and now, line by line; encrypted values are masked in both. Immutable. */
public final class DiffPage {

    /** Stands for the file that is there now. */
    static final String NOW = "now";

    private final EntryPath path;
    private final PointRow before;
    private final Optional<PointRow> after;
    private final List<DiffLine> lines;
    private final boolean isShown;

    private DiffPage(EntryPath path, PointRow before, Optional<PointRow> after, List<DiffLine> lines, boolean isShown) {
        this.path = path;
        this.before = before;
        this.after = after;
        this.lines = lines;
        this.isShown = isShown;
    }

    /** Compares for the one that the calling thread acts for. */
    static DiffPage of(OpenHome home, String from, String to, EntryPath path) throws IOException, InterruptedException {
        Sight sight = Sight.current();
        Snapshot before = NothingThereException.unless(sight.reads(path), home, from);
        Optional<Snapshot> after = to.equals(NOW) ? Optional.empty() : Optional.of(home.point(to));
        Optional<byte[]> old = content(home, before, path, sight);
        Optional<byte[]> recent = after.isPresent() ? content(home, after.get(), path, sight) : now(path);
        boolean isText = old.filter(FilePage::isText).isPresent()
                && recent.filter(FilePage::isText).isPresent();
        return new DiffPage(
                path,
                PointRow.of(before),
                after.map(PointRow::of),
                isText
                        ? LineDiff.of(FilePage.lines(old.orElseThrow()), FilePage.lines(recent.orElseThrow()))
                        : List.of(),
                isText);
    }

    private static Optional<byte[]> content(OpenHome home, Snapshot point, EntryPath path, Sight sight)
            throws IOException, InterruptedException {
        boolean isSmall = FilePage.found(home, point, path, sight).node().size() <= FilePage.MOST;
        return isSmall ? Optional.of(FilePage.read(home, point, path)) : Optional.empty();
    }

    private static Optional<byte[]> now(EntryPath path) throws IOException {
        Path file = RawNames.resolve(PresentItems.home(), path);
        Path real = PresentItems.home().toRealPath();
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                || !file.toRealPath().startsWith(real)) {
            throw new NothingThereException();
        }
        if (Files.size(file) > FilePage.MOST) {
            return Optional.empty();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MaskingStream masked = new MaskingStream(bytes)) {
            masked.write(Files.readAllBytes(file));
        }
        return Optional.of(bytes.toByteArray());
    }

    public String getPath() {
        return path.toString();
    }

    public List<Crumb> getCrumbs() {
        return Crumb.of(path);
    }

    public PointRow getBefore() {
        return before;
    }

    /** Null for the file that is there now. */
    public PointRow getAfter() {
        return after.orElse(null);
    }

    public List<DiffLine> getLines() {
        return lines;
    }

    /** Whether both are text, and small enough to be compared. */
    public boolean isShown() {
        return isShown;
    }
}
