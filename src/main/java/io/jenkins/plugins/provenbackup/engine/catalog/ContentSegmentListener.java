package io.jenkins.plugins.provenbackup.engine.catalog;

/** Hears of content segments as they are made, for a checkpoint, which carries them as they are. */
public interface ContentSegmentListener {

    /** A listener that does nothing. */
    ContentSegmentListener NONE = (id, segment) -> {};

    /**
     * A content segment was made, new or known before.
     *
     * @param segment its bytes, neither packed nor sealed; not to be changed
     */
    void made(SegmentId id, byte[] segment);
}
