package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;

/**
 * Something that a walk left out or found wrong.
 *
 * @param path the entry, or the directory that holds it when its own name has no legal form
 * @param message one sentence for the user: what happened, to what
 */
public record Problem(EntryPath path, Kind kind, String message) {

    /** What kind of problem, and what it means for the snapshot. */
    public enum Kind {
        /** A directory whose entries could not be listed, or not all of them: unlike an empty one, it is incomplete. */
        UNREADABLE_DIRECTORY(Effect.INCOMPLETE),
        /** An entry whose content or attributes could not be read. */
        UNREADABLE_ENTRY(Effect.INCOMPLETE),
        /** An entry whose name or path has no legal form here. */
        ILLEGAL_NAME(Effect.INCOMPLETE),
        /** A path of a list of files that is not there, or not reachable without following a link. */
        NOT_FOUND(Effect.INCOMPLETE),
        /** A file that changed again while it was read a second time. */
        CHANGED_WHILE_READ(Effect.NOTED),
        /** An extended attribute that could not be read. */
        UNREADABLE_ATTRIBUTE(Effect.INCOMPLETE),
        /** Extended attributes that were left out by their nature; reported once for each name. */
        ATTRIBUTE_NOT_KEPT(Effect.NOTED),
        /** An entry that was listed but gone before it was read, or was replaced by one of another type. */
        VANISHED(Effect.NOTED),
        /** A build of a Jenkins home that was not over yet: the state of its Pipeline is left out. */
        BUILD_IN_PROGRESS(Effect.NOTED),
        /** Parts of a Jenkins home lie elsewhere, as its configuration says, and are not backed up with it. */
        LIES_ELSEWHERE(Effect.INCOMPLETE),
        FIFO(Effect.NOTED),
        SOCKET(Effect.NOTED),
        DEVICE(Effect.NOTED),
        /** An entry of a type that this system does not name. */
        OTHER_TYPE(Effect.NOTED),
        /** A mount point whose contents were left out as asked. */
        OTHER_FILE_SYSTEM(Effect.NOTED),
        /** A directory whose contents were left out because of a marker file. */
        MARKED_NO_BACKUP(Effect.NOTED),
        /** A directory whose contents were left out because of its CACHEDIR.TAG. */
        CACHE_DIRECTORY(Effect.NOTED),
        /** A directory whose contents were left out because the backup itself is stored there. */
        OWN_DESTINATION(Effect.NOTED);

        private final Effect effect;

        Kind(Effect effect) {
            this.effect = effect;
        }

        public Effect effect() {
            return effect;
        }
    }

    /** What a problem means for the snapshot. */
    public enum Effect {
        /** Something that should be in the snapshot is not: the run ends as done but incomplete. */
        INCOMPLETE,
        /** Left out by rule or by nature; counted, so that nothing is silent. */
        NOTED
    }
}
