package io.jenkins.plugins.provenbackup.engine;

/**
 * Hears how an operation goes on. Called from several threads, often: implementations are thread-safe and quick, and show
 * what they counted at their own pace.
 */
public interface ProgressListener {

    /** Nobody listens. */
    ProgressListener NONE = new ProgressListener() {};

    /** What an operation is doing. */
    enum Phase {
        PLANNING,
        READING,
        UPLOADING,
        COPYING,
        COMMITTING,
        RESTORING,
        CHECKING,
        CLEANING,
        MIRRORING
    }

    /** A new phase begins. */
    default void phase(Phase phase) {}

    /** What lies ahead, as far as known; estimates may be corrected later. */
    default void expect(long entries, long bytes) {}

    /** Whether a look ahead at all files is worth its time when nothing else tells how much there is to do. */
    default Foresight foresight() {
        return Foresight.NOT_NEEDED;
    }

    /** See {@link #foresight()}. */
    enum Foresight {
        NOT_NEEDED,
        WANTED
    }

    /** So many more entries are done. */
    default void entries(long count) {}

    /** So many more bytes of content are done. */
    default void bytes(long count) {}

    /** So many more bytes were transferred to or from destinations. */
    default void transferred(long count) {}

    /** Something the user should know now, in one sentence. */
    default void notice(String message) {}
}
