package io.jenkins.plugins.provenbackup.jenkins.execution;

import java.io.Serializable;

/**
 * What a step or a builder says about a restore or a recovery test, as it was typed; empty texts stand for what the policy or the
 * default says. Holds no secret, so it is kept with the build. For one thread.
 */
public final class RestoreParameters implements Serializable {

    private static final long serialVersionUID = 1L;

    public String snapshot = "";
    public String policy = "";
    public String source = "";
    public String name = "";
    public String location = "";
    public String from = "";
    public String credentialsId = "";
    public String keys = "";
    public String to = "";
    public String includes = "";
    public String overwrite = "";
    public boolean delete;
    public boolean noOwner;
    public String limitDownload = "";
    public boolean dryRun;
    public String onIncomplete = "";
    public String rpo = "";
    public String rto = "";
    public String onFailure = "";
    public boolean boot;
    /** Whether the whole policy is restored from its worst destination; of one test of such a drill, {@code source} is the full name. */
    public boolean drill;
}
