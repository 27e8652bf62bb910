package io.jenkins.plugins.provenbackup.engine.target;

/** What to do with entries of the target that the snapshot does not have. */
public enum Unlisted {
    /** They stay. A directory that is not empty also stays when the snapshot has a file of its name, which is refused. */
    KEEP,
    /** They may be deleted, and a directory that is in the way of a file is deleted with all it holds. */
    DELETE
}
