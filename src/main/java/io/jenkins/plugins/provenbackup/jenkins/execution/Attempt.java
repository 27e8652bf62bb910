package io.jenkins.plugins.provenbackup.jenkins.execution;

/** Whether the same run may have begun before. */
public enum Attempt {
    FIRST,
    /** After a restart of the controller. */
    RESUMED
}
