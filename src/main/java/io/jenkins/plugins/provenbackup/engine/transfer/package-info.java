/**
 * Moves archives and catalogs between this process and the destinations: one upload queue for each destination, reads that
 * fall over from one destination to the next, copies that catch a destination up. It uses the repository and what lies
 * below it, and knows nothing of files. Start with {@link io.jenkins.plugins.provenbackup.engine.transfer.Uploads} and {@link io.jenkins.plugins.provenbackup.engine.transfer.BlockLoader}.
 */
package io.jenkins.plugins.provenbackup.engine.transfer;
