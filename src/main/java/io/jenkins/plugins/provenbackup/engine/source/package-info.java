/**
 * Walks and reads what is backed up: file trees, and the output of a command. It uses {@code engine.catalog} and nothing
 * else of the engine. Start reading at {@link io.jenkins.plugins.provenbackup.engine.source.Source}, then
 * {@link io.jenkins.plugins.provenbackup.engine.source.FileTreeSource}.
 */
package io.jenkins.plugins.provenbackup.engine.source;
