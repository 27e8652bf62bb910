package io.jenkins.plugins.provenbackup.engine.archive;

import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;

/**
 * The plain text of a block.
 *
 * @param stream the stream that it belongs to
 * @param number its number there
 * @param bytes holds the plain text at its start; may be longer
 * @param length of the plain text in bytes
 */
public record PlainBlock(StreamId stream, long number, byte[] bytes, int length) {}
