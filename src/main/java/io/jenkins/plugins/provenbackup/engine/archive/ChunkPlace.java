package io.jenkins.plugins.provenbackup.engine.archive;

/**
 * Where a chunk was put.
 *
 * @param block the block, whose number is known once it is closed
 * @param offset of the chunk's first byte in the block's plain text
 * @param length of the chunk in bytes
 */
public record ChunkPlace(BlockSlot block, int offset, int length) {}
