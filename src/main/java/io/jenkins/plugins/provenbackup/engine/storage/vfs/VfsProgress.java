package io.jenkins.plugins.provenbackup.engine.storage.vfs;

/** Hears of signs of life, so that work that goes on is told from work that hangs. Safe for several threads. */
public interface VfsProgress {

    /** The server took or gave something. */
    void moved();
}
