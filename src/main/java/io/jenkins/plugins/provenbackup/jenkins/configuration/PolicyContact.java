package io.jenkins.plugins.provenbackup.jenkins.configuration;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Somebody to be called when something must be recovered. */
public final class PolicyContact implements Describable<PolicyContact> {

    private final String name;
    private String role = "";
    private String phone = "";
    private String email = "";

    @DataBoundConstructor
    public PolicyContact(String name) {
        this.name = Util.fixNull(name).strip();
    }

    public String getName() {
        return name;
    }

    public String getRole() {
        return role;
    }

    @DataBoundSetter
    public void setRole(String role) {
        this.role = Util.fixNull(role).strip();
    }

    public String getPhone() {
        return phone;
    }

    @DataBoundSetter
    public void setPhone(String phone) {
        this.phone = Util.fixNull(phone).strip();
    }

    public String getEmail() {
        return email;
    }

    @DataBoundSetter
    public void setEmail(String email) {
        this.email = Util.fixNull(email).strip();
    }

    Policy.Contact toPolicy() {
        return new Policy.Contact(name, role, phone, email);
    }

    /** Forms and their checks. */
    @Extension
    @Symbol("contact")
    public static final class DescriptorImpl extends Descriptor<PolicyContact> {

        @Override
        public String getDisplayName() {
            return Messages.PolicyContact_displayName();
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return FieldChecks.required(value, Messages.PolicyContact_nameMissing(), given -> "");
        }

        @POST
        public FormValidation doCheckEmail(@QueryParameter String value) {
            return FieldChecks.optional(value, given -> {
                if (!given.matches("[^@\\s]+@[^@\\s]+")) {
                    throw new IllegalArgumentException(Messages.PolicyContact_noEmail());
                }
                return "";
            });
        }
    }
}
