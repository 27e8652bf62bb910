package io.jenkins.plugins.provenbackup.engine.archive;

import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;

/**
 * An encrypted block as it stands in an archive.
 *
 * @param stream the stream that it is said to belong to
 * @param number its number there
 * @param bytes an array that holds it; other blocks may be in it too; not to be changed
 * @param offset of its first byte in the array
 * @param length in bytes
 */
public record SealedBlock(StreamId stream, long number, byte[] bytes, int offset, int length) {}
