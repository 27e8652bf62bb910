/**
 * Catalogs: the sorted list of everything in a snapshot, cut into segments that unchanged parts of a tree share. Uses the
 * ids of archive and crypto, and storage only for names and payloads; it neither reads files nor talks to a destination.
 * Start with Entry and FileContent, then CatalogWriter and CatalogReader; docs/repository-format.md, section 8, has the bytes.
 */
package io.jenkins.plugins.provenbackup.engine.catalog;
