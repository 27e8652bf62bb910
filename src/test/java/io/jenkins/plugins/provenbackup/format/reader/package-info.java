/**
 * A second reader of repositories, written from docs/repository-format.md alone, to prove that the document suffices; read
 * it beside the document. It shares no code with the engine: only the JDK, Bouncy Castle's primitives and zstd. Start
 * with {@link io.jenkins.plugins.provenbackup.format.reader.RepositoryReader}.
 */
package io.jenkins.plugins.provenbackup.format.reader;
