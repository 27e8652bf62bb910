package io.jenkins.plugins.provenbackup.jenkins.configuration;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.policy.RetentionRules;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.jenkins.access.Granted;
import io.jenkins.plugins.provenbackup.jenkins.secrets.Reaching;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A place that holds copies: a VFS location with credentials, a medium and an offsite flag. */
public final class BackupDestination implements Describable<BackupDestination>, Reaching, Granted {

    static final String DISK = "disk";
    static final int CONNECT_TIMEOUT = 20;
    static final int OPERATION_TIMEOUT = 60;

    private final String name;
    private final String location;
    private String keys = "";
    private String credentialsId = "";
    private String pruningCredentialsId = "";
    private String medium = DISK;
    private boolean offsite;
    private boolean immutable;
    private int connectTimeout = CONNECT_TIMEOUT;
    private int operationTimeout = OPERATION_TIMEOUT;
    private String knownHosts = "";
    private String certificates = "";
    private String allowedJobs = "";

    @DataBoundConstructor
    public BackupDestination(String name, String location) {
        this.name = Util.fixNull(name).strip();
        this.location = Util.fixNull(location).strip();
    }

    /** Unique among all destinations. */
    public String getName() {
        return name;
    }

    @Override
    public String getLocation() {
        return location;
    }

    /** Name of the {@link RepositoryKeys} of the repository that lies there. */
    public String getKeys() {
        return keys;
    }

    @DataBoundSetter
    public void setKeys(String keys) {
        this.keys = Util.fixNull(keys).strip();
    }

    @Override
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId);
    }

    @Override
    public String getPruningCredentialsId() {
        return pruningCredentialsId;
    }

    @DataBoundSetter
    public void setPruningCredentialsId(String pruningCredentialsId) {
        this.pruningCredentialsId = Util.fixNull(pruningCredentialsId);
    }

    /** What it lies on, in the administrator's words: disk, tape, cloud. */
    public String getMedium() {
        return medium;
    }

    @DataBoundSetter
    public void setMedium(String medium) {
        String given = Util.fixNull(medium).strip();
        this.medium = given.isEmpty() ? DISK : given;
    }

    /** Whether a fire where the original is leaves it alone. */
    public boolean isOffsite() {
        return offsite;
    }

    @DataBoundSetter
    public void setOffsite(boolean offsite) {
        this.offsite = offsite;
    }

    /** Whether nobody can change what was written there, for a time at least. */
    public boolean isImmutable() {
        return immutable;
    }

    @DataBoundSetter
    public void setImmutable(boolean immutable) {
        this.immutable = immutable;
    }

    @Override
    public int getConnectTimeout() {
        return connectTimeout;
    }

    @DataBoundSetter
    public void setConnectTimeout(int connectTimeout) {
        this.connectTimeout = connectTimeout < 1 ? CONNECT_TIMEOUT : connectTimeout;
    }

    @Override
    public int getOperationTimeout() {
        return operationTimeout;
    }

    @DataBoundSetter
    public void setOperationTimeout(int operationTimeout) {
        this.operationTimeout = operationTimeout < 1 ? OPERATION_TIMEOUT : operationTimeout;
    }

    @Override
    public String getKnownHosts() {
        return knownHosts;
    }

    @DataBoundSetter
    public void setKnownHosts(String knownHosts) {
        this.knownHosts = Util.fixNull(knownHosts).strip();
    }

    @Override
    public String getCertificates() {
        return certificates;
    }

    @DataBoundSetter
    public void setCertificates(String certificates) {
        this.certificates = Util.fixNull(certificates).strip();
    }

    /** Patterns of full names; see {@link io.jenkins.plugins.provenbackup.jenkins.access.JobPatterns}. */
    public String getAllowedJobs() {
        return allowedJobs;
    }

    @DataBoundSetter
    public void setAllowedJobs(String allowedJobs) {
        this.allowedJobs = Util.fixNull(allowedJobs).strip();
    }

    @Override
    public String describe() {
        return "the destination '" + name + "'";
    }

    /** The same jobs write and read: each reads its own snapshots only. */
    @Override
    public String allowedJobs(Purpose purpose) {
        return allowedJobs;
    }

    BackupDestination withKeys(RepositoryKeys other) {
        BackupDestination copy = new BackupDestination(name, location);
        copy.keys = other.getName();
        copy.credentialsId = credentialsId;
        copy.pruningCredentialsId = pruningCredentialsId;
        copy.medium = medium;
        copy.offsite = offsite;
        copy.immutable = immutable;
        copy.connectTimeout = connectTimeout;
        copy.operationTimeout = operationTimeout;
        copy.knownHosts = knownHosts;
        copy.certificates = certificates;
        copy.allowedJobs = allowedJobs;
        return copy;
    }

    Policy.Destination toPolicy(RetentionRules retention) {
        try {
            return new Policy.Destination(
                    name,
                    StorageLocation.parse(location),
                    medium,
                    offsite ? Policy.Site.OFFSITE : Policy.Site.ONSITE,
                    immutable ? Policy.Mutability.IMMUTABLE : Policy.Mutability.MUTABLE,
                    retention);
        } catch (StorageException e) {
            throw new IllegalArgumentException(describe() + ": " + e.getMessage(), e);
        }
    }

    /** Forms and their checks. */
    @Extension
    @Symbol("destination")
    public static final class DescriptorImpl extends Descriptor<BackupDestination> {

        @Override
        public String getDisplayName() {
            return Messages.BackupDestination_displayName();
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return FieldChecks.name(value);
        }

        @POST
        public FormValidation doCheckLocation(@QueryParameter String value) {
            return FieldChecks.required(value, Messages.BackupDestination_locationMissing(), given -> {
                StorageLocation place = Locations.checked(given);
                return place.isLocal() ? Messages.BackupDestination_local() : "";
            });
        }

        @POST
        public FormValidation doCheckKeys(@QueryParameter String value) {
            return FieldChecks.optional(
                    value,
                    given -> ProvenBackupConfiguration.get().keys(given).isPresent()
                            ? ""
                            : Messages.BackupDestination_unknownKeys(given));
        }

        @POST
        public ComboBoxModel doFillKeysItems() {
            FieldChecks.requireConfigure();
            return new ComboBoxModel(ProvenBackupConfiguration.get().getKeys().stream()
                    .map(RepositoryKeys::getName)
                    .toList());
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return FieldChecks.logins(credentialsId);
        }

        @POST
        public ListBoxModel doFillPruningCredentialsIdItems(@QueryParameter String pruningCredentialsId) {
            return FieldChecks.logins(pruningCredentialsId);
        }

        @POST
        public FormValidation doCheckConnectTimeout(@QueryParameter String value) {
            return FieldChecks.count(value, 1);
        }

        @POST
        public FormValidation doCheckOperationTimeout(@QueryParameter String value) {
            return FieldChecks.count(value, 1);
        }

        @POST
        public FormValidation doCheckKnownHosts(@QueryParameter String value) {
            return FieldChecks.optional(value, KnownHosts::describe);
        }

        @POST
        public FormValidation doCheckCertificates(@QueryParameter String value) {
            return FieldChecks.optional(value, Certificates::describe);
        }

        @POST
        public FormValidation doCheckAllowedJobs(@QueryParameter String value) {
            return FieldChecks.jobs(value);
        }

        @POST
        public ListBoxModel doFillTestFromItems() {
            FieldChecks.requireConfigure();
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.BackupDestination_controller(), "");
            Jenkins.get().getNodes().forEach(node -> items.add(node.getDisplayName(), node.getNodeName()));
            return items;
        }

        /** Reaches the destination as it stands in the form. */
        @POST
        public FormValidation doTestConnection(
                @QueryParameter String location,
                @QueryParameter String credentialsId,
                @QueryParameter String knownHosts,
                @QueryParameter String certificates,
                @QueryParameter int connectTimeout,
                @QueryParameter int operationTimeout,
                @QueryParameter String testFrom) {
            FieldChecks.requireConfigure();
            BackupDestination tested = new BackupDestination("", location);
            tested.setCredentialsId(credentialsId);
            tested.setKnownHosts(knownHosts);
            tested.setCertificates(certificates);
            tested.setConnectTimeout(connectTimeout);
            tested.setOperationTimeout(operationTimeout);
            try {
                if (Locations.checked(tested.getLocation()).isLocal()) {
                    Jenkins.get().checkPermission(Jenkins.ADMINISTER);
                }
            } catch (IllegalArgumentException e) {
                return FormValidation.error(FieldChecks.sentence(e.getMessage()));
            }
            return ConnectionTest.run(tested, Util.fixNull(testFrom));
        }
    }
}
