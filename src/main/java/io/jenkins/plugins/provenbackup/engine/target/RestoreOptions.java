package io.jenkins.plugins.provenbackup.engine.target;

/**
 * How to treat what is in the target already, and whom to tell about limits.
 *
 * @param limits told of each limit met; called from all threads that write
 */
public record RestoreOptions(Overwrite overwrite, Ownership ownership, Unlisted unlisted, LimitationListener limits) {}
