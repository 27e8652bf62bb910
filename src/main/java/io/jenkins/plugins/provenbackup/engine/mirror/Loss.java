package io.jenkins.plugins.provenbackup.engine.mirror;

/** What a destination does not keep of an entry. */
enum Loss {
    OWNERS("entries without owner and group"),
    MODES("entries without permissions"),
    FILE_TIMES("files with the time of their upload as mtime"),
    FOLDER_TIMES("directories without mtime"),
    LINK_TIMES("symbolic links without mtime"),
    TIME_FRACTIONS("mtimes cut to the second"),
    TIME_RANGE("mtimes moved to the nearest that can be kept"),
    SYMLINKS("symbolic links left out"),
    HARD_LINKS("hard links stored as separate files"),
    XATTRS("files without extended attributes");

    private final String description;

    Loss(String description) {
        this.description = description;
    }

    String description() {
        return description;
    }
}
