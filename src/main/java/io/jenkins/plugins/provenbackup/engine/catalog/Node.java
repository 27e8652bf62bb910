package io.jenkins.plugins.provenbackup.engine.catalog;

/**
 * An entry without its content: what a walk finds and what a restore makes.
 *
 * @param size content length in bytes for a file, 0 for anything else
 * @param linkTarget what a symbolic link says, byte for byte; empty for anything else
 */
public record Node(EntryPath path, EntryType type, Metadata metadata, long size, ByteString linkTarget) {}
