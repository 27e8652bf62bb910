package io.jenkins.plugins.provenbackup.engine.target;

/**
 * How to treat what is in the target already, and whom to tell about limits.
 *
 * @param limits told of each limit met; called from all threads that write
 * @param naming when files get their names
 */
public record RestoreOptions(
        Overwrite overwrite, Ownership ownership, Unlisted unlisted, LimitationListener limits, Naming naming) {

    /** When a file that is written gets its name. */
    public enum Naming {
        /** At once in directories that this restore made, which nobody else looks at; when it is complete elsewhere. */
        QUICK,
        /** Only when it is complete, wherever it is: whatever happens, no half file has a final name. */
        WHEN_COMPLETE
    }

    /** With quick naming. */
    public RestoreOptions(Overwrite overwrite, Ownership ownership, Unlisted unlisted, LimitationListener limits) {
        this(overwrite, ownership, unlisted, limits, Naming.QUICK);
    }

    boolean isNamedAtOnce(Directories.Real parent) {
        return naming == Naming.QUICK && parent.origin() == Directories.Origin.CREATED;
    }
}
