/**
 * What lies at a destination and how it hangs together: layout, manifests, runs, records and replicas. It uses catalogs,
 * archives, keys and storage, and knows nothing of local files that are backed up or restored. Start with {@link
 * io.jenkins.plugins.provenbackup.engine.repository.Replica} and {@link io.jenkins.plugins.provenbackup.engine.repository.Manifest}.
 */
package io.jenkins.plugins.provenbackup.engine.repository;
