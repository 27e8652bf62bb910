package io.jenkins.plugins.provenbackup.engine.repository;

/** How a snapshot's run chose what to store. Every kind restores as a whole tree. */
public enum SnapshotKind {
    /** Refers to nothing that an earlier snapshot names. */
    FULL(1),
    /** Stored what changed since the newest snapshot of the source. */
    INCREMENTAL(2),
    /** Stored what changed since the newest full snapshot of the source. */
    DIFFERENTIAL(3);

    private final int code;

    SnapshotKind(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
