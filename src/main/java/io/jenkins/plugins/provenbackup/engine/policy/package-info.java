/**
 * What policies promise, as pure functions of data with the clock passed in: which snapshots are kept, whether objectives are
 * met, and the procedure to recover. It may use records of the repository, never a destination. Start reading at {@link
 * io.jenkins.plugins.provenbackup.engine.policy.Compliance}.
 */
package io.jenkins.plugins.provenbackup.engine.policy;
