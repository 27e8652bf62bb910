package io.jenkins.plugins.provenbackup.engine.target;

/**
 * What a restore does with one entry, decided before anything is touched.
 *
 * @param reason why, for a dry run's listing; empty for {@code CREATE}
 */
public record Action(Kind kind, String reason) {

    static final Action CREATE = new Action(Kind.CREATE, "");

    /** The closed choice of what can happen to an entry. */
    public enum Kind {
        CREATE,
        REPLACE,
        /** Content stays, mode, owner, mtime or attributes are corrected. */
        UPDATE_METADATA,
        /** Nothing to do, or the options protect what is there. */
        KEEP,
        /** It cannot be restored here; what lies below it neither. */
        REFUSE
    }

    /** Whether the content has to be fetched. */
    public boolean writes() {
        return kind == Kind.CREATE || kind == Kind.REPLACE;
    }

    static Action replace(String reason) {
        return new Action(Kind.REPLACE, reason);
    }

    static Action updateMetadata(String reason) {
        return new Action(Kind.UPDATE_METADATA, reason);
    }

    static Action keep(String reason) {
        return new Action(Kind.KEEP, reason);
    }

    static Action refuse(String reason) {
        return new Action(Kind.REFUSE, reason);
    }
}
