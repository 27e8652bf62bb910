package io.jenkins.plugins.provenbackup.jenkins.configuration;

import hudson.Extension;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.source.home.HomeSection;
import io.jenkins.plugins.provenbackup.jenkins.access.SourceNames;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The home directory of this Jenkins. Every section of it is backed up unless it is switched off. */
public final class JenkinsHomeSource extends PolicySource {

    /** Labels of sections; null as XStream leaves it when there were none. */
    private TreeSet<String> leftOut;

    @DataBoundConstructor
    public JenkinsHomeSource() {
        // Everything else is optional.
    }

    public boolean isConfiguration() {
        return isKept(HomeSection.CONFIGURATION);
    }

    @DataBoundSetter
    public void setConfiguration(boolean kept) {
        keep(HomeSection.CONFIGURATION, kept);
    }

    public boolean isJobs() {
        return isKept(HomeSection.JOBS);
    }

    @DataBoundSetter
    public void setJobs(boolean kept) {
        keep(HomeSection.JOBS, kept);
    }

    public boolean isBuilds() {
        return isKept(HomeSection.BUILDS);
    }

    @DataBoundSetter
    public void setBuilds(boolean kept) {
        keep(HomeSection.BUILDS, kept);
    }

    public boolean isSecrets() {
        return isKept(HomeSection.SECRETS);
    }

    @DataBoundSetter
    public void setSecrets(boolean kept) {
        keep(HomeSection.SECRETS, kept);
    }

    public boolean isPlugins() {
        return isKept(HomeSection.PLUGINS);
    }

    @DataBoundSetter
    public void setPlugins(boolean kept) {
        keep(HomeSection.PLUGINS, kept);
    }

    public boolean isUsers() {
        return isKept(HomeSection.USERS);
    }

    @DataBoundSetter
    public void setUsers(boolean kept) {
        keep(HomeSection.USERS, kept);
    }

    public boolean isUserContent() {
        return isKept(HomeSection.USER_CONTENT);
    }

    @DataBoundSetter
    public void setUserContent(boolean kept) {
        keep(HomeSection.USER_CONTENT, kept);
    }

    public boolean isNodes() {
        return isKept(HomeSection.NODES);
    }

    @DataBoundSetter
    public void setNodes(boolean kept) {
        keep(HomeSection.NODES, kept);
    }

    private boolean isKept(HomeSection section) {
        return leftOut == null || !leftOut.contains(section.label());
    }

    private void keep(HomeSection section, boolean kept) {
        TreeSet<String> changed = leftOut == null ? new TreeSet<>() : new TreeSet<>(leftOut);
        if (kept) {
            changed.remove(section.label());
        } else {
            changed.add(section.label());
        }
        leftOut = changed.isEmpty() ? null : changed;
    }

    /**
     * What is backed up.
     *
     * @throws IllegalArgumentException when this makes no sense, in words for the user
     */
    public Set<HomeSection> sections() {
        Set<HomeSection> kept = EnumSet.noneOf(HomeSection.class);
        for (HomeSection section : HomeSection.values()) {
            if (isKept(section)) {
                kept.add(section);
            }
        }
        if (kept.isEmpty()) {
            throw new IllegalArgumentException("every section of JENKINS_HOME is switched off");
        }
        return HomeSection.parse(kept.stream().map(HomeSection::label).toList());
    }

    @Override
    public boolean isOnController() {
        return true;
    }

    /** A name that no other source can have, so that its key is known to stay on the controller. */
    @Override
    public String sourceName(BackupPolicy policy) {
        return SourceNames.ofHome(policy.getName());
    }

    @Override
    Policy.Source toPolicy(BackupPolicy policy) {
        Set<HomeSection> kept = sections();
        List<String> labels = kept.size() == HomeSection.values().length
                ? List.of()
                : kept.stream().map(HomeSection::label).toList();
        return new Policy.Source(
                sourceName(policy),
                Policy.SourceKind.JENKINS_HOME,
                List.of(),
                labels,
                "",
                excludePatterns(),
                getMedium());
    }

    /** Forms and their checks. */
    @Extension
    @Symbol("jenkinsHome")
    public static final class DescriptorImpl extends Descriptor<PolicySource> {

        @Override
        public String getDisplayName() {
            return Messages.JenkinsHomeSource_displayName();
        }

        @POST
        public FormValidation doCheckExcludes(@QueryParameter String value) {
            return FieldChecks.optional(value, PolicySource::checkedPatterns);
        }

        @POST
        public FormValidation doCheckBuilds(@QueryParameter boolean value, @QueryParameter boolean jobs) {
            FieldChecks.requireConfigure();
            return value && !jobs ? FormValidation.error(Messages.JenkinsHomeSource_builds()) : FormValidation.ok();
        }

        @POST
        public FormValidation doCheckSecrets(@QueryParameter boolean value) {
            FieldChecks.requireConfigure();
            return value ? FormValidation.ok() : FormValidation.warning(Messages.JenkinsHomeSource_secrets());
        }
    }
}
