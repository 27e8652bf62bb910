package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;

/** Paths inside snapshots as they are written in arguments. */
final class Paths {

    private Paths() {}

    static EntryPath entry(String text) {
        try {
            return EntryPath.parse(text.equals(".") ? "" : text.startsWith("./") ? text.substring(2) : text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("'" + text + "' is no path inside a snapshot: " + e.getMessage());
        }
    }
}
