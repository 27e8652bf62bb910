package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;

public final class Excludes {

    public static final Excludes NONE = new Excludes();

    boolean isEmpty() {
        return true;
    }

    boolean exclude(EntryPath path, FileStat.Type type) {
        return false;
    }
}
