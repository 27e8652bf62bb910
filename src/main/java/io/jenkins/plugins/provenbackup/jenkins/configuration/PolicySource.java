package io.jenkins.plugins.provenbackup.jenkins.configuration;

import hudson.Util;
import hudson.model.Describable;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.source.BadPatternException;
import io.jenkins.plugins.provenbackup.engine.source.Excludes;
import io.jenkins.plugins.provenbackup.jenkins.access.SourceNames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/** Something that a policy protects. Each kind is a class of its own. */
public abstract class PolicySource implements Describable<PolicySource> {

    private String name = "";
    private String excludes = "";
    private String medium = BackupDestination.DISK;

    /** Within the policy; empty for a policy's only source. */
    public final String getName() {
        return name;
    }

    @DataBoundSetter
    public final void setName(String name) {
        this.name = Util.fixNull(name).strip();
    }

    /** Patterns of gitignore syntax, one a line; may be empty. */
    public final String getExcludes() {
        return excludes;
    }

    @DataBoundSetter
    public final void setExcludes(String excludes) {
        this.excludes = Util.fixNull(excludes).strip();
    }

    /** What the original lies on: it counts as a copy. */
    public final String getMedium() {
        return medium;
    }

    @DataBoundSetter
    public final void setMedium(String medium) {
        String given = Util.fixNull(medium).strip();
        this.medium = given.isEmpty() ? BackupDestination.DISK : given;
    }

    /** The patterns one by one. */
    public final List<String> excludePatterns() {
        return excludes.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** How many patterns there are; fails at the first that cannot be read. */
    static String checkedPatterns(String text) throws BadPatternException {
        Excludes.Builder builder = Excludes.builder();
        builder.addLines(text.getBytes(StandardCharsets.UTF_8), Messages.PolicySource_patterns());
        builder.build();
        return "";
    }

    /** The name that snapshots carry. */
    public String sourceName(BackupPolicy policy) {
        return SourceNames.ofPolicy(policy.getName(), name);
    }

    /** Whether it is read on the controller, and so needs no job. */
    public boolean isOnController() {
        return false;
    }

    /** What it is in an engine's policy. */
    abstract Policy.Source toPolicy(BackupPolicy policy);

    final Policy.Source toPolicy(BackupPolicy policy, Policy.SourceKind kind, List<String> paths, String command) {
        return new Policy.Source(sourceName(policy), kind, paths, List.of(), command, excludePatterns(), medium);
    }
}
