package io.jenkins.plugins.provenbackup.jenkins.configuration;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import io.jenkins.plugins.provenbackup.engine.policy.RetentionRules;
import io.jenkins.plugins.provenbackup.engine.policy.Span;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A destination of a policy, and what is kept there. Without any number everything is kept. */
public final class PolicyDestination implements Describable<PolicyDestination> {

    private final String name;
    private int last;
    private int hourly;
    private int daily;
    private int weekly;
    private int monthly;
    private int yearly;
    private String within = "";

    @DataBoundConstructor
    public PolicyDestination(String name) {
        this.name = Util.fixNull(name).strip();
    }

    /** Of the {@link BackupDestination}. */
    public String getName() {
        return name;
    }

    /** So many of the newest, 0 for none by this rule. */
    public int getLast() {
        return last;
    }

    @DataBoundSetter
    public void setLast(int last) {
        this.last = Math.max(0, last);
    }

    /** The newest of so many hours that have one. */
    public int getHourly() {
        return hourly;
    }

    @DataBoundSetter
    public void setHourly(int hourly) {
        this.hourly = Math.max(0, hourly);
    }

    /** The newest of so many days that have one. */
    public int getDaily() {
        return daily;
    }

    @DataBoundSetter
    public void setDaily(int daily) {
        this.daily = Math.max(0, daily);
    }

    /** The newest of so many weeks that have one. */
    public int getWeekly() {
        return weekly;
    }

    @DataBoundSetter
    public void setWeekly(int weekly) {
        this.weekly = Math.max(0, weekly);
    }

    /** The newest of so many months that have one. */
    public int getMonthly() {
        return monthly;
    }

    @DataBoundSetter
    public void setMonthly(int monthly) {
        this.monthly = Math.max(0, monthly);
    }

    /** The newest of so many years that have one. */
    public int getYearly() {
        return yearly;
    }

    @DataBoundSetter
    public void setYearly(int yearly) {
        this.yearly = Math.max(0, yearly);
    }

    /** All that are younger, like {@code 36h} or {@code 7d}; may be empty. */
    public String getWithin() {
        return within;
    }

    @DataBoundSetter
    public void setWithin(String within) {
        this.within = Util.fixNull(within).strip();
    }

    /**
     * The rules for the engine.
     *
     * @throws IllegalArgumentException when {@code within} is no span of time
     */
    public RetentionRules toRules() {
        return new RetentionRules(
                last,
                hourly,
                daily,
                weekly,
                monthly,
                yearly,
                within.isEmpty() ? Optional.empty() : Optional.of(Span.parse(within)));
    }

    /** Forms and their checks. */
    @Extension
    @Symbol("policyDestination")
    public static final class DescriptorImpl extends Descriptor<PolicyDestination> {

        @Override
        public String getDisplayName() {
            return Messages.PolicyDestination_displayName();
        }

        @POST
        public ComboBoxModel doFillNameItems() {
            FieldChecks.requireConfigure();
            return new ComboBoxModel(ProvenBackupConfiguration.get().getDestinations().stream()
                    .map(BackupDestination::getName)
                    .toList());
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return FieldChecks.required(
                    value,
                    Messages.PolicyDestination_missing(),
                    given -> ProvenBackupConfiguration.get().destination(given).isPresent()
                            ? ""
                            : Messages.PolicyDestination_unknown(given));
        }

        @POST
        public FormValidation doCheckLast(@QueryParameter String value) {
            return FieldChecks.count(value, 0);
        }

        @POST
        public FormValidation doCheckHourly(@QueryParameter String value) {
            return FieldChecks.count(value, 0);
        }

        @POST
        public FormValidation doCheckDaily(@QueryParameter String value) {
            return FieldChecks.count(value, 0);
        }

        @POST
        public FormValidation doCheckWeekly(@QueryParameter String value) {
            return FieldChecks.count(value, 0);
        }

        @POST
        public FormValidation doCheckMonthly(@QueryParameter String value) {
            return FieldChecks.count(value, 0);
        }

        @POST
        public FormValidation doCheckYearly(@QueryParameter String value) {
            return FieldChecks.count(value, 0);
        }

        @POST
        public FormValidation doCheckWithin(@QueryParameter String value) {
            return FieldChecks.optional(value, given -> {
                Span.parse(given);
                return "";
            });
        }
    }
}
