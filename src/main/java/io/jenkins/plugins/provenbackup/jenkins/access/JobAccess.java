package io.jenkins.plugins.provenbackup.jenkins.access;

import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.Permission;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * What a build may do, by its job and by whom it runs as. What is not allowed is refused with a message that says what to do.
 * Nothing that a Pipeline script or its author says has a part in it, so a replay or another branch gains nothing.
 */
public final class JobAccess {

    private final Job<?, ?> job;
    private final Authentication authentication;

    private JobAccess(Job<?, ?> job, Authentication authentication) {
        this.job = job;
        this.authentication = authentication;
    }

    /** Of a build, as the one that the calling thread acts for: call it where a step or builder starts. */
    public static JobAccess of(Run<?, ?> run) {
        return new JobAccess(run.getParent(), Jenkins.getAuthentication2());
    }

    /** The job. */
    public Job<?, ?> job() {
        return job;
    }

    /**
     * Lets pass who may use a destination by name.
     *
     * @throws AbortException for all others
     */
    public void requireDestination(Granted destination, Granted.Purpose purpose) throws AbortException {
        require(destination, purpose);
    }

    /**
     * Lets pass who may use a policy, and with it the destinations that it names.
     *
     * @throws AbortException for all others
     */
    public void requirePolicy(Granted policy, Granted.Purpose purpose) throws AbortException {
        require(policy, purpose);
    }

    /**
     * Reads a location that a step gave itself, which must not lie on the controller or an agent.
     *
     * @throws AbortException for a local one, or when it cannot be understood
     */
    public StorageLocation requireRemote(String uri, Granted.Purpose purpose) throws AbortException {
        requirePermission(purpose);
        StorageLocation location;
        try {
            location = StorageLocation.parse(uri);
        } catch (StorageException e) {
            throw new AbortException(e.getMessage());
        }
        if (location.isLocal()) {
            throw new AbortException("A step cannot name the path " + location
                    + " as a destination. An administrator can make it a destination under Manage Jenkins, System,"
                    + " Proven Backup and allow '" + job.getFullName() + "' to use it by its name.");
        }
        return location;
    }

    private void require(Granted what, Granted.Purpose purpose) throws AbortException {
        requirePermission(purpose);
        if (!isAllowed(job, what, purpose)) {
            throw new AbortException("The job '" + job.getFullName() + "' may not "
                    + (purpose == Granted.Purpose.BACK_UP ? "use " : "restore from ") + what.describe()
                    + ". An administrator can add it to the "
                    + (purpose == Granted.Purpose.BACK_UP ? "jobs that may use it" : "jobs that may restore")
                    + " under Manage Jenkins, System, Proven Backup.");
        }
    }

    /**
     * Whether an administrator lets a job use something.
     *
     * @param job null for none
     */
    public static boolean isAllowed(Item job, Granted what, Granted.Purpose purpose) {
        try {
            return job != null && JobPatterns.parse(what.allowedJobs(purpose)).matches(job);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void requirePermission(Granted.Purpose purpose) throws AbortException {
        Permission needed = purpose == Granted.Purpose.BACK_UP ? BackupPermissions.RUN : BackupPermissions.RESTORE;
        if (!ACL.SYSTEM2.equals(authentication) && !job.getACL().hasPermission2(authentication, needed)) {
            throw new AbortException("This build runs as '" + authentication.getName() + "', who lacks the permission "
                    + needed.group.getId() + "/" + needed.name + " on '" + job.getFullName()
                    + "'. An administrator can grant it under Manage Jenkins, Security.");
        }
    }
}
