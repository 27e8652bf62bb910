package io.jenkins.plugins.provenbackup.jenkins.execution;

import java.io.Serializable;

/**
 * What a step or a builder says about a backup, as it was typed; empty texts stand for what the policy or the default says. Holds no
 * secret, so it is kept with the build. For one thread.
 */
public final class BackupParameters implements Serializable {

    private static final long serialVersionUID = 1L;

    public String policy = "";
    public String source = "";
    public String command = "";
    public String name = "";
    public String location = "";
    public String type = "";
    public String destinations = "";
    public String credentialsId = "";
    public String keys = "";
    public String excludes = "";
    public String excludeFile = "";
    public boolean excludeCaches;
    public boolean oneFileSystem;
    public int minCopies;
    public String tags = "";
    public String limitUpload = "";
    public int catchUp = -1;
    public boolean dryRun;
    public boolean ignoreInode;
    public boolean ignoreCtime;
    public String onIncomplete = "";
}
