package io.jenkins.plugins.provenbackup.jenkins.configuration;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.provenbackup.engine.policy.CopyRule;
import io.jenkins.plugins.provenbackup.engine.policy.Elapsed;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.jenkins.access.Granted;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What is to be protected, where to, what was promised about it, and who may use it. */
public final class BackupPolicy implements Describable<BackupPolicy>, Granted {

    static final String NEVER = "never";

    private final String name;
    private List<PolicySource> sources = new ArrayList<>();
    private List<PolicyDestination> destinations = new ArrayList<>();
    private int minCopies;
    private String kind = "incremental";
    private String fullEvery = "30d";
    private String schedule = "";
    private String testSchedule = "";
    private boolean bootTest;
    private boolean continuous;
    private String timeZone = "";
    private String rpo = "";
    private String rto = "";
    private String recoveryTest = "";
    private String copies = "";
    private List<PolicyContact> contacts = new ArrayList<>();
    private String notes = "";
    private String allowedJobs = "";
    private String restoringJobs = "";

    @DataBoundConstructor
    public BackupPolicy(String name) {
        this.name = Util.fixNull(name).strip();
    }

    /** Unique among all policies. */
    public String getName() {
        return name;
    }

    /** At least one, each of another name. */
    public List<PolicySource> getSources() {
        return List.copyOf(sources);
    }

    @DataBoundSetter
    public void setSources(List<PolicySource> sources) {
        this.sources = copy(sources);
    }

    /** At least one. */
    public List<PolicyDestination> getDestinations() {
        return List.copyOf(destinations);
    }

    @DataBoundSetter
    public void setDestinations(List<PolicyDestination> destinations) {
        this.destinations = copy(destinations);
    }

    /** How many destinations must have a snapshot before it counts; 0 for all of them. */
    public int getMinCopies() {
        return minCopies;
    }

    @DataBoundSetter
    public void setMinCopies(int minCopies) {
        this.minCopies = Math.max(0, minCopies);
    }

    /** {@code incremental}, {@code differential} or {@code full}. */
    public String getKind() {
        return kind;
    }

    @DataBoundSetter
    public void setKind(String kind) {
        String given = Util.fixNull(kind).strip().toLowerCase(Locale.ROOT);
        this.kind = given.isEmpty() ? "incremental" : given;
    }

    /** How often a full one is due, like {@code 30d}; {@code never} is said, since the usual is not. */
    public String getFullEvery() {
        return fullEvery;
    }

    @DataBoundSetter
    public void setFullEvery(String fullEvery) {
        String given = Util.fixNull(fullEvery).strip();
        this.fullEvery = given.isEmpty() ? NEVER : given;
    }

    /** When, in Jenkins' cron syntax; empty for never. */
    public String getSchedule() {
        return schedule;
    }

    @DataBoundSetter
    public void setSchedule(String schedule) {
        this.schedule = Util.fixNull(schedule).strip();
    }

    /** When a recovery test is made by itself, in Jenkins' cron syntax; empty for never. */
    public String getTestSchedule() {
        return testSchedule;
    }

    @DataBoundSetter
    public void setTestSchedule(String testSchedule) {
        this.testSchedule = Util.fixNull(testSchedule).strip();
    }

    /** Whether such a test boots a restored JENKINS_HOME, too. */
    public boolean isBootTest() {
        return bootTest;
    }

    @DataBoundSetter
    public void setBootTest(boolean bootTest) {
        this.bootTest = bootTest;
    }

    /** Whether what people configure is protected while they do so, as a source of its own. */
    public boolean isContinuous() {
        return continuous;
    }

    @DataBoundSetter
    public void setContinuous(boolean continuous) {
        this.continuous = continuous;
    }

    /** Whose days schedule and retention mean; empty for the controller's own zone. */
    public String getTimeZone() {
        return timeZone;
    }

    @DataBoundSetter
    public void setTimeZone(String timeZone) {
        this.timeZone = Util.fixNull(timeZone).strip();
    }

    /** The newest recovery point may be that old, like {@code 24h}; empty for no promise. */
    public String getRpo() {
        return rpo;
    }

    @DataBoundSetter
    public void setRpo(String rpo) {
        this.rpo = Util.fixNull(rpo).strip();
    }

    /** A restore may take that long, like {@code 30m}; empty for no promise. */
    public String getRto() {
        return rto;
    }

    @DataBoundSetter
    public void setRto(String rto) {
        this.rto = Util.fixNull(rto).strip();
    }

    /** The last recovery test may be that old, like {@code 7d}; empty for no promise. */
    public String getRecoveryTest() {
        return recoveryTest;
    }

    @DataBoundSetter
    public void setRecoveryTest(String recoveryTest) {
        this.recoveryTest = Util.fixNull(recoveryTest).strip();
    }

    /** Like {@code 3-2-1} or {@code 3-2-1-1-0}; empty for no promise. */
    public String getCopies() {
        return copies;
    }

    @DataBoundSetter
    public void setCopies(String copies) {
        this.copies = Util.fixNull(copies).strip();
    }

    /** Who is to be called, in that order. */
    public List<PolicyContact> getContacts() {
        return List.copyOf(contacts);
    }

    @DataBoundSetter
    public void setContacts(List<PolicyContact> contacts) {
        this.contacts = copy(contacts);
    }

    /** For whoever restores. */
    public String getNotes() {
        return notes;
    }

    @DataBoundSetter
    public void setNotes(String notes) {
        this.notes = Util.fixNull(notes).strip();
    }

    /** Patterns of the jobs that may back up by this policy. */
    public String getAllowedJobs() {
        return allowedJobs;
    }

    @DataBoundSetter
    public void setAllowedJobs(String allowedJobs) {
        this.allowedJobs = Util.fixNull(allowedJobs).strip();
    }

    /** Patterns of the jobs that may restore what this policy backed up. */
    public String getRestoringJobs() {
        return restoringJobs;
    }

    @DataBoundSetter
    public void setRestoringJobs(String restoringJobs) {
        this.restoringJobs = Util.fixNull(restoringJobs).strip();
    }

    @Override
    public String describe() {
        return "the policy '" + name + "'";
    }

    @Override
    public String allowedJobs(Purpose purpose) {
        return purpose == Purpose.BACK_UP ? allowedJobs : restoringJobs;
    }

    /** The source of that name; an empty one is the policy's only source. */
    public Optional<PolicySource> source(String source) {
        if (source.isEmpty() && sources.size() == 1) {
            return Optional.of(sources.get(0));
        }
        return sources.stream().filter(one -> one.getName().equals(source)).findFirst();
    }

    /** Whether it protects the home of this Jenkins, or the configuration in it. */
    public boolean hasJenkinsHome() {
        return continuous || sources.stream().anyMatch(JenkinsHomeSource.class::isInstance);
    }

    /** Sources that are read on the controller, and so without any job. */
    public List<PolicySource> controllerSources() {
        return sources.stream().filter(PolicySource::isOnController).toList();
    }

    /** When its schedule asks for a run after a moment; never for a schedule that cannot be read. */
    public Optional<Instant> nextRun(Instant after) {
        return times().nextRun(schedule, after);
    }

    /** When it asks for a recovery test after a moment; never for a schedule that cannot be read. */
    public Optional<Instant> nextTest(Instant after) {
        return times().nextTest(testSchedule, after);
    }

    PolicyTimes times() {
        return new PolicyTimes(name, timeZone);
    }

    /** The zone that is meant. */
    public ZoneId zone() {
        return times().zone();
    }

    /**
     * The policy as the engine judges it.
     *
     * @param lookup of destinations by name
     * @throws IllegalArgumentException when parts are missing or do not fit, in words for the user
     */
    public Policy toPolicy(Function<String, Optional<BackupDestination>> lookup) {
        return JudgedPolicy.of(this, lookup);
    }

    /**
     * The kind of its backups.
     *
     * @throws IllegalArgumentException when there is no such kind
     */
    public SnapshotKind snapshotKind() {
        for (SnapshotKind one : SnapshotKind.values()) {
            if (one.name().toLowerCase(Locale.ROOT).equals(kind)) {
                return one;
            }
        }
        throw new IllegalArgumentException("'" + kind + "' is no kind: use incremental, differential or full");
    }

    private static <T> List<T> copy(List<T> given) {
        return given == null ? new ArrayList<>() : new ArrayList<>(given);
    }

    /** Older configurations lack what came later. */
    @SuppressWarnings("UnusedMethod") // XStream calls it
    private Object readResolve() {
        testSchedule = Util.fixNull(testSchedule);
        return this;
    }

    /** Forms and their checks. */
    @Extension
    @Symbol("policy")
    public static final class DescriptorImpl extends Descriptor<BackupPolicy> {

        @Override
        public String getDisplayName() {
            return Messages.BackupPolicy_displayName();
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return FieldChecks.name(value);
        }

        @POST
        public FormValidation doCheckMinCopies(@QueryParameter String value) {
            return FieldChecks.count(value, 0);
        }

        @POST
        public ListBoxModel doFillKindItems() {
            FieldChecks.requireConfigure();
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.BackupPolicy_incremental(), "incremental");
            items.add(Messages.BackupPolicy_differential(), "differential");
            items.add(Messages.BackupPolicy_full(), "full");
            return items;
        }

        @POST
        public FormValidation doCheckFullEvery(@QueryParameter String value) {
            return FieldChecks.optional(value, given -> given.equals(NEVER) ? "" : elapsed(given));
        }

        /** Says when the next run would be. */
        @POST
        public FormValidation doCheckSchedule(
                @QueryParameter String value, @QueryParameter String name, @QueryParameter String timeZone) {
            return FieldChecks.optional(value, new PolicyTimes(name, Util.fixNull(timeZone))::describeRuns);
        }

        /** Says when the next test would be. */
        @POST
        public FormValidation doCheckTestSchedule(
                @QueryParameter String value, @QueryParameter String name, @QueryParameter String timeZone) {
            return FieldChecks.optional(value, new PolicyTimes(name, Util.fixNull(timeZone))::describeTests);
        }

        @POST
        public FormValidation doCheckContinuous(@QueryParameter boolean value) {
            FieldChecks.requireConfigure();
            return value && !Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                    ? FormValidation.error(Messages.BackupPolicy_continuous())
                    : FormValidation.ok();
        }

        @POST
        public FormValidation doCheckTimeZone(@QueryParameter String value) {
            return FieldChecks.optional(value, given -> {
                new PolicyTimes("", given).checkedZone();
                return "";
            });
        }

        @POST
        public FormValidation doCheckRpo(@QueryParameter String value) {
            return FieldChecks.optional(value, DescriptorImpl::elapsed);
        }

        @POST
        public FormValidation doCheckRto(@QueryParameter String value) {
            return FieldChecks.optional(value, DescriptorImpl::elapsed);
        }

        @POST
        public FormValidation doCheckRecoveryTest(@QueryParameter String value) {
            return FieldChecks.optional(value, DescriptorImpl::elapsed);
        }

        @POST
        public FormValidation doCheckCopies(@QueryParameter String value) {
            return FieldChecks.optional(value, given -> {
                CopyRule rule = CopyRule.parse(given);
                return Messages.BackupPolicy_copies(rule.copies(), rule.media(), rule.offsite());
            });
        }

        @POST
        public FormValidation doCheckAllowedJobs(@QueryParameter String value) {
            return FieldChecks.jobs(value);
        }

        @POST
        public FormValidation doCheckRestoringJobs(@QueryParameter String value) {
            return FieldChecks.jobs(value);
        }

        private static String elapsed(String given) {
            return Elapsed.text(Elapsed.parse(given));
        }
    }
}
