/**
 * Looking into snapshots without restoring them: listing, searching, comparing, counting. It reads catalogs only and never
 * content. Start with {@link io.jenkins.plugins.provenbackup.engine.browse.Ls}.
 */
package io.jenkins.plugins.provenbackup.engine.browse;
