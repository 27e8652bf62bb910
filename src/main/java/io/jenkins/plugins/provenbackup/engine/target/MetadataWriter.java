package io.jenkins.plugins.provenbackup.engine.target;

import io.jenkins.plugins.provenbackup.engine.attributes.NativeFiles;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Metadata;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.target.Directories.Origin;
import io.jenkins.plugins.provenbackup.engine.target.Owners.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Gives entries the snapshot's metadata with as few system calls as it takes: nothing is set that is right already. The
 * order matters: attributes need a writable file, a change of owner clears setuid, and a mode may forbid all the others.
 * Thread-safe.
 */
final class MetadataWriter {

    private static final LinkOption[] FOLLOW = {};
    private static final LinkOption[] NOFOLLOW = {LinkOption.NOFOLLOW_LINKS};
    private static final int SETUID = 04000;
    private static final int SETGID = 02000;
    private static final int SPECIAL = 07000;
    private static final int PRIVATE = 0600;
    private static final int OWNER_READS = 0400;

    private final Abilities abilities;
    private final Origin origin;
    private final LimitationListener limits;
    private final Owners owners;
    private final Times times;
    private final Xattrs xattrs;

    /**
     * For a target made by this restore and closed to others, or for one in which links may appear meanwhile.
     *
     * @param origin who made the target
     */
    MetadataWriter(Abilities abilities, RestoreOptions options, Origin origin) {
        this.abilities = abilities;
        this.origin = origin;
        this.limits = options.limits();
        this.owners = new Owners(options.ownership(), limits);
        this.times = new Times(abilities, limits);
        this.xattrs = new Xattrs(abilities, limits);
    }

    boolean foldsCase() {
        return abilities.foldsCase();
    }

    /** The mode to create a file with: the final one when nothing else has to be set through it. */
    int creationMode(Node node) {
        Metadata wanted = node.metadata();
        boolean simple = origin == Origin.CREATED
                && wanted.xattrs().isEmpty()
                && (wanted.mode() & (SPECIAL | OWNER_READS)) == OWNER_READS
                && (int) wanted.uid() == abilities.uid()
                && (int) wanted.gid() == abilities.gid();
        return simple ? wanted.mode() & 0777 : PRIVATE;
    }

    /** Whether an entry that was here before has all the metadata that {@link #apply} would give it. */
    boolean matches(Path path, Node node, Found now) throws IOException {
        boolean mode = node.type() == EntryType.SYMLINK
                || !abilities.modes()
                || now.mode() == node.metadata().mode();
        return mode
                && times.matches(node, Fresh.existing(now).mtime())
                && (!abilities.modes() || owners.matches(path, node.metadata(), Fresh.existing(now)))
                && !xattrs.differ(path, node);
    }

    void apply(Path path, Node node, Fresh now) throws IOException {
        LinkOption[] links = node.type() == EntryType.SYMLINK ? NOFOLLOW : links();
        apply(path, node, now, () -> times.set(path, node, links));
    }

    /** As the other one, for a file that this restore has written. */
    void apply(Path path, Node node, Fresh now, FileOutput output) throws IOException {
        boolean open = output.description() == FileOutput.Description.WHILE_OPEN;
        apply(path, node, now, () -> {
            if (open) {
                times.set(output, node);
            } else {
                times.set(path, node, links());
            }
        });
    }

    private interface TimeSetting {
        void set() throws IOException;
    }

    private void apply(Path path, Node node, Fresh now, TimeSetting setting) throws IOException {
        xattrs.apply(path, node, now, Xattrs.Step.WHILE_WRITABLE);
        Outcome owned = abilities.modes() ? owners.apply(path, node, now) : new Outcome(false, false, false);
        if (!times.matches(node, now.mtime())) {
            setting.set();
        }
        if (node.type() != EntryType.SYMLINK) {
            if (abilities.modes()) {
                applyMode(path, node, now, owned);
            } else {
                limits.limited(node.path(), Limitation.MODE_NOT_SUPPORTED);
            }
        }
        xattrs.apply(path, node, now, Xattrs.Step.AFTER_MODE);
    }

    private void applyMode(Path path, Node node, Fresh now, Outcome owned) throws IOException {
        int wanted = node.metadata().mode();
        int allowed = node.type() == EntryType.FILE ? withoutForeignRights(wanted, owned) : wanted;
        boolean cleared = owned.changed() && ((wanted | now.mode()) & (SETUID | SETGID)) != 0;
        if (allowed != now.mode() || cleared) {
            setMode(path, allowed);
        }
        boolean dropped =
                (allowed & SPECIAL) != 0 && Found.at(path).stream().anyMatch(found -> found.mode() != allowed);
        if (allowed != wanted || dropped) {
            limits.limited(node.path(), Limitation.SPECIAL_MODE_BITS_DROPPED);
        }
    }

    /** A setuid program must not run with the rights of whoever happened to restore it. */
    private static int withoutForeignRights(int mode, Outcome owned) {
        int withoutUser = owned.owner() ? mode : mode & ~SETUID;
        return owned.group() ? withoutUser : withoutUser & ~SETGID;
    }

    void setMode(Path path, int mode) throws IOException {
        LinkOption[] links = links();
        Optional<NativeFiles> files = NativeFiles.ofThisSystem();
        if (files.isPresent() && links.length == 0) {
            files.get().setMode(RawNames.bytesOf(path), mode);
        } else {
            Files.setAttribute(path, "unix:mode", mode, links);
        }
    }

    /**
     * Not following links costs the JDK two more calls, and the right to read the file, which an ordinary user may lack. It
     * is for targets where others could swap a file for a link, and for a user who has rights to lose by that.
     */
    private LinkOption[] links() {
        return origin == Origin.CREATED || abilities.uid() != 0 ? FOLLOW : NOFOLLOW;
    }
}
