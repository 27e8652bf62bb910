/**
 * Cuts content into chunks, compresses and encrypts them in blocks, and puts blocks into archives and takes them out again,
 * as {@code docs/repository-format.md} says in sections 5 to 7. It may use {@code engine.crypto} and, of {@code
 * engine.storage}, the names and payloads of objects; it knows neither destinations nor catalogs. Start reading at {@link
 * io.jenkins.plugins.provenbackup.engine.archive.StreamWriter} for the way in and {@link
 * io.jenkins.plugins.provenbackup.engine.archive.ArchiveReader} for the way out.
 */
package io.jenkins.plugins.provenbackup.engine.archive;
