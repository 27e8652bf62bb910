/**
 * Writes a tree back to a local directory: faithfully, and never outside of it, whatever the snapshot says. It uses
 * {@code engine.catalog} only. Start reading at {@link io.jenkins.plugins.provenbackup.engine.target.RestoreTarget}.
 */
package io.jenkins.plugins.provenbackup.engine.target;
