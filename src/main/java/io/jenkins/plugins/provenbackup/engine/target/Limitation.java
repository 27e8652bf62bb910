package io.jenkins.plugins.provenbackup.engine.target;

/** What a restored entry may lack, because Java, the file system or the user's rights do not allow it. */
public enum Limitation {
    /** Java sets the mtime of a symbolic link to the microsecond only (before JDK 25). */
    LINK_MTIME_MICROSECONDS("mtime of symbolic links cut to microseconds"),
    /** Java cannot set fractions of a second before 1970; the second before was set. */
    MTIME_FRACTION_BEFORE_1970("fractions of a second of mtimes before 1970 dropped"),
    /** The mtime is before 1677 or after 2262, or the file system cannot hold it; the nearest possible one was set. */
    MTIME_OUT_OF_RANGE("mtimes moved to the nearest that can be set"),
    OWNER_NOT_PERMITTED("owner not restored (only root may)"),
    GROUP_NOT_PERMITTED("group not restored (only root or its members may)"),
    /** Setuid or setgid would have given another user's or group's rights than in the snapshot, or was not permitted. */
    SPECIAL_MODE_BITS_DROPPED("setuid, setgid or sticky bits left out"),
    MODE_NOT_SUPPORTED("permissions not restored: the file system has none"),
    XATTRS_NOT_SUPPORTED("extended attributes not restored: the file system has none"),
    /** The name cannot be spelt in this locale, or the file system refused name or value. */
    XATTR_REFUSED("extended attributes refused by the system"),
    /** Repeated slashes were shortened; the link means the same. */
    LINK_TARGET_SHORTENED("symbolic links with repeated slashes shortened"),
    /** The file system could not link them, or the first of them was not restored. */
    HARD_LINK_COPIED("hard links restored as separate files");

    private final String description;

    Limitation(String description) {
        this.description = description;
    }

    /** One clause for a summary. */
    public String description() {
        return description;
    }
}
