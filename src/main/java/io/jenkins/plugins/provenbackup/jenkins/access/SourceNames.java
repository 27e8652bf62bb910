package io.jenkins.plugins.provenbackup.jenkins.access;

import hudson.AbortException;
import hudson.model.Job;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Under which names snapshots are kept. A step's source carries its job's name and one of the characters {@code : ! @}, which no
 * job's name can hold; a policy's source never does. So no job can name another's snapshots, or a policy's.
 */
public final class SourceNames {

    /** The name that only a JENKINS_HOME has in its policy. */
    public static final String HOME = "jenkinsHome";

    private static final String CONFIGURATION = "configuration";

    private static final String RESERVED = ":!@";

    private SourceNames() {}

    /**
     * Of a path in a job's workspace.
     *
     * @param path relative, with slashes; empty for the whole workspace
     * @throws AbortException when it leads out of the workspace
     */
    public static String ofPath(Job<?, ?> job, String path) throws AbortException {
        return RenamedJobs.get().origin(job) + ":" + normal(path);
    }

    /** Of what a command writes, by the name that the step gives it. */
    public static String ofCommand(Job<?, ?> job, String name) throws AbortException {
        return RenamedJobs.get().origin(job) + "!" + normal(name);
    }

    /** Of a VFS location that a step names, without credentials. */
    public static String ofLocation(Job<?, ?> job, String location) {
        return RenamedJobs.get().origin(job) + "@" + location;
    }

    /** Of a policy's source; with an empty name of the policy's only one. */
    public static String ofPolicy(String policy, String source) {
        requirePlain(policy);
        requirePlain(source);
        if (source.equals(HOME)) {
            throw new IllegalArgumentException("only a JENKINS_HOME is called '" + HOME + "': choose another name");
        }
        return source.isEmpty() ? policy : policy + "/" + source;
    }

    /** Of the JENKINS_HOME that a policy protects. */
    public static String ofHome(String policy) {
        requirePlain(policy);
        return policy + "/" + HOME;
    }

    /** Of what people configure in the JENKINS_HOME that a policy protects while they do. */
    public static String ofConfiguration(String policy) {
        requirePlain(policy);
        return policy + "/" + CONFIGURATION;
    }

    /** Whether it is a JENKINS_HOME's, whose key never leaves the controller. */
    public static boolean isHome(String source) {
        return source.endsWith("/" + HOME) && source.chars().noneMatch(c -> RESERVED.indexOf(c) >= 0);
    }

    /** Whether it is what a job backs up without a policy. */
    public static boolean isOfJob(String source) {
        return source.chars().anyMatch(c -> RESERVED.indexOf(c) >= 0);
    }

    /**
     * Checks the name of a policy, or of a source in it.
     *
     * @throws IllegalArgumentException in words for the user
     */
    public static void requirePlain(String name) {
        if (name.chars().anyMatch(c -> (RESERVED + "/\\").indexOf(c) >= 0 || Character.isISOControl(c))) {
            throw new IllegalArgumentException("'" + name + "' is no good name: leave out / \\ : ! and @");
        }
    }

    /** The path inside the workspace, without detours; {@code .} for all of it. */
    private static String normal(String path) throws AbortException {
        Deque<String> parts = new ArrayDeque<>();
        String slashed = path.replace('\\', '/');
        if (slashed.startsWith("/") || slashed.matches("[A-Za-z]:.*")) {
            throw outside(path);
        }
        for (String part : slashed.split("/", -1)) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    throw outside(path);
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return parts.isEmpty() ? "." : String.join("/", parts);
    }

    private static AbortException outside(String path) {
        return new AbortException(
                "'" + path + "' is not inside the workspace: give a relative path without '..'. What lies"
                        + " elsewhere can only be backed up by a policy that an administrator makes.");
    }
}
