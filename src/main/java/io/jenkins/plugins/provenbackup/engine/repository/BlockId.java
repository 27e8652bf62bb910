package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;

/**
 * Which block.
 *
 * @param stream its stream
 * @param block its number in the stream, from 0
 */
public record BlockId(StreamId stream, long block) {}
