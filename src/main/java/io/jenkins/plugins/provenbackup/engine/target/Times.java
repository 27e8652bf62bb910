package io.jenkins.plugins.provenbackup.engine.target;

import io.jenkins.plugins.provenbackup.engine.attributes.NativeFiles;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Sets mtimes as exactly as this system can, by its own calls or the JDK's. Access times become the start of the restore: with both given, the JDK need not
 * look first. Thread-safe.
 */
final class Times {

    /** The JDK counts nanoseconds in a long: from 1677 to 2262. */
    private static final Instant EARLIEST = Instant.ofEpochSecond(0, Long.MIN_VALUE)
            .truncatedTo(ChronoUnit.SECONDS)
            .plusSeconds(1);

    private static final Instant LATEST =
            Instant.ofEpochSecond(0, Long.MAX_VALUE).truncatedTo(ChronoUnit.SECONDS);

    private final Abilities abilities;
    private final LimitationListener limits;
    private final FileTime accessed = FileTime.from(Instant.now());

    Times(Abilities abilities, LimitationListener limits) {
        this.abilities = abilities;
        this.limits = limits;
    }

    void set(Path path, Node node, LinkOption... links) throws IOException {
        Instant wanted = node.metadata().mtime();
        Instant possible = possible(node);
        if (!possible.equals(wanted)) {
            limits.limited(node.path(), limitation(wanted));
        }
        set(path, FileTime.from(possible), accessed, links);
    }

    /** As the other one, of an open file. */
    void set(FileOutput output, Node node) throws IOException {
        Instant possible = possible(node);
        if (!possible.equals(node.metadata().mtime())) {
            limits.limited(node.path(), limitation(node.metadata().mtime()));
        }
        output.setModified(accessed.toInstant(), possible);
    }

    static void set(Path path, FileTime modified, FileTime accessed, LinkOption... links) throws IOException {
        Optional<NativeFiles> files = NativeFiles.ofThisSystem();
        if (files.isPresent()) {
            files.get().setTimes(RawNames.bytesOf(path), accessed.toInstant(), modified.toInstant());
        } else {
            Files.getFileAttributeView(path, BasicFileAttributeView.class, links)
                    .setTimes(modified, accessed, null);
        }
    }

    /** Whether an entry has the mtime already that {@link #set} would give it. */
    boolean matches(Node node, Optional<Instant> now) {
        return now.isPresent()
                && (now.get().equals(node.metadata().mtime()) || now.get().equals(possible(node)));
    }

    /** Whether some JDK would have left this mtime when it restored the node. */
    static boolean couldBe(Node node, Instant now) {
        Instant wanted = node.metadata().mtime();
        boolean floored = wanted.getEpochSecond() < 0 && now.equals(wanted.truncatedTo(ChronoUnit.SECONDS));
        boolean cut = node.type() == EntryType.SYMLINK && now.equals(wanted.truncatedTo(ChronoUnit.MICROS));
        return now.equals(wanted) || floored || cut || now.equals(inRange(wanted));
    }

    private Instant possible(Node node) {
        Instant wanted = node.metadata().mtime();
        if (wanted.getNano() == 0 || !inRange(wanted).equals(wanted)) {
            return inRange(wanted);
        }
        if (wanted.getEpochSecond() < 0 && !abilities.fractionsBefore1970()) {
            return Instant.ofEpochSecond(wanted.getEpochSecond());
        }
        if (node.type() == EntryType.SYMLINK && !abilities.linkNanoseconds()) {
            return wanted.truncatedTo(ChronoUnit.MICROS);
        }
        return wanted;
    }

    private static Instant inRange(Instant wanted) {
        if (wanted.isBefore(EARLIEST)) {
            return EARLIEST;
        }
        return wanted.isAfter(LATEST) ? LATEST : wanted;
    }

    private static Limitation limitation(Instant wanted) {
        if (wanted.isBefore(EARLIEST) || wanted.isAfter(LATEST)) {
            return Limitation.MTIME_OUT_OF_RANGE;
        }
        return wanted.getEpochSecond() < 0 ? Limitation.MTIME_FRACTION_BEFORE_1970 : Limitation.LINK_MTIME_MICROSECONDS;
    }
}
