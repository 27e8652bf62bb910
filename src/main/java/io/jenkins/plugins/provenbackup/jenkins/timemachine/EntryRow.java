package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import io.jenkins.plugins.provenbackup.engine.Amounts;
import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.PrintableName;
import io.jenkins.plugins.provenbackup.engine.source.home.HomePlace;
import java.time.Instant;
import java.util.Date;

/** A file, directory or link of a snapshot, as pages show it. Immutable. */
public final class EntryRow {

    private final String name;
    private final String path;
    private final EntryType type;
    private final long bytes;
    private final Instant time;
    private final String linkTarget;
    private final boolean isSecret;
    private final boolean isItem;
    private final boolean isGone;
    private final boolean isRestorable;

    private EntryRow(Entry entry, Sight sight) {
        HomePlace place = HomePlace.of(entry.path());
        name = PrintableName.of(entry.path().name());
        path = entry.path().toString();
        type = entry.node().type();
        bytes = entry.node().size();
        time = entry.node().metadata().mtime();
        isSecret = place.isSecret();
        linkTarget = isSecret ? "" : entry.node().linkTarget().toString();
        isItem = type == EntryType.DIRECTORY && place.isItem();
        isGone = isItem && PresentItems.of(place.items()).isEmpty();
        isRestorable = isItem && !place.isPartOfComputed() && sight.restores(entry.path());
    }

    static EntryRow of(Entry entry, Sight sight) {
        return new EntryRow(entry, sight);
    }

    public String getName() {
        return name;
    }

    /** From the root of the snapshot, for addresses. */
    public String getPath() {
        return path;
    }

    public boolean isDirectory() {
        return type == EntryType.DIRECTORY;
    }

    public boolean isFile() {
        return type == EntryType.FILE;
    }

    /** What a symbolic link says; empty for anything else. */
    public String getLinkTarget() {
        return linkTarget;
    }

    /** In words; empty for directories. */
    public String getLength() {
        return type == EntryType.FILE ? Amounts.size(bytes) : "";
    }

    public Date getTime() {
        return Date.from(time);
    }

    /** Whether its content is never shown. */
    public boolean isSecret() {
        return isSecret;
    }

    /** Whether it is the directory of a job or folder. */
    public boolean isItem() {
        return isItem;
    }

    /** Whether it is a job or folder that is not there any more. */
    public boolean isGone() {
        return isGone;
    }

    /** Whether it is a job or folder that whoever looks may restore. */
    public boolean isRestorable() {
        return isRestorable;
    }

    /** A symbol of Jenkins. */
    public String getIcon() {
        if (isSecret) {
            return "symbol-lock-closed";
        }
        if (isItem) {
            return "symbol-cube";
        }
        return switch (type) {
            case DIRECTORY -> "symbol-folder";
            case SYMLINK -> "symbol-link";
            case FILE -> "symbol-document-text";
        };
    }
}
