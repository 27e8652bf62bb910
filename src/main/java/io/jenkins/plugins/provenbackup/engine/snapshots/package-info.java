/**
 * The snapshots of a repository over all its destinations: listing, choosing, labelling and forgetting them. It uses the
 * repository, and the retention rules of the policy. Start with
 * {@link io.jenkins.plugins.provenbackup.engine.snapshots.ListSnapshots}.
 */
package io.jenkins.plugins.provenbackup.engine.snapshots;
