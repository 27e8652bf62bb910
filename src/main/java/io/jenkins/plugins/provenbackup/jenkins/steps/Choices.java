package io.jenkins.plugins.provenbackup.jenkins.steps;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.provenbackup.jenkins.access.Granted;
import io.jenkins.plugins.provenbackup.jenkins.access.JobAccess;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.configuration.RepositoryKeys;
import io.jenkins.plugins.provenbackup.jenkins.configuration.VisiblePolicies;
import io.jenkins.plugins.provenbackup.jenkins.execution.Wording;
import java.util.List;
import jenkins.model.Jenkins;

/** What forms offer and check, for those who may configure the job; nobody else learns names from them. */
final class Choices {

    private Choices() {}

    /** Refuses what makes no sense with an {@link IllegalArgumentException} in words for the user. */
    interface Check {
        void run();
    }

    static FormValidation check(Item item, Check check) {
        if (!mayConfigure(item)) {
            return FormValidation.ok();
        }
        try {
            check.run();
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    static void requireDestinations(String value) {
        ProvenBackupConfiguration configuration = ProvenBackupConfiguration.get();
        for (String name : Wording.lines(value)) {
            if (!name.contains(":") && configuration.destination(name).isEmpty()) {
                throw new IllegalArgumentException("There is no destination '" + name + "'. Configured are: "
                        + String.join(
                                ", ",
                                configuration.getDestinations().stream()
                                        .map(BackupDestination::getName)
                                        .toList()));
            }
        }
    }

    static void requireInside(String value) {
        Wording.requireInside(value);
    }

    static void requirePatterns(String value) {
        Wording.requirePatterns(value);
    }

    static void requireTags(String value) {
        Wording.requireTags(value);
    }

    static void requireRate(String value) {
        Wording.requireRate(value);
    }

    static void requireTime(String value) {
        Wording.requireTime(value);
    }

    static void requireSnapshot(String value) {
        Wording.requireSnapshot(value);
    }

    static void requireNumber(String value, int least) {
        Wording.requireNumber(value, least);
    }

    /** Those that the job may use for a purpose, and those that the user may see anyway. */
    static ListBoxModel policies(Item item, Granted.Purpose purpose, String current) {
        VisiblePolicies visible = VisiblePolicies.current();
        List<String> names = mayConfigure(item)
                ? ProvenBackupConfiguration.get().getPolicies().stream()
                        .filter(policy -> JobAccess.isAllowed(item, policy, purpose) || visible.has(policy))
                        .map(BackupPolicy::getName)
                        .toList()
                : List.of();
        return withCurrent(names, current);
    }

    static ListBoxModel keys(Item item, String current) {
        List<String> names = mayConfigure(item)
                ? ProvenBackupConfiguration.get().getKeys().stream()
                        .map(RepositoryKeys::getName)
                        .toList()
                : List.of();
        return withCurrent(names, current);
    }

    static ComboBoxModel destinations(Item item) {
        ComboBoxModel names = new ComboBoxModel();
        if (mayConfigure(item)) {
            ProvenBackupConfiguration.get().getDestinations().forEach(one -> names.add(one.getName()));
        }
        return names;
    }

    static ListBoxModel credentials(Item item, String current) {
        StandardListBoxModel model = new StandardListBoxModel();
        model.includeEmptyValue();
        if (mayConfigure(item)) {
            model.includeAs(ACL.SYSTEM2, item, StandardCredentials.class);
        }
        return model.includeCurrentValue(current == null ? "" : current);
    }

    /** The given words, the first of which may be empty for what is usual. */
    static ListBoxModel of(String... words) {
        ListBoxModel model = new ListBoxModel();
        for (String word : words) {
            model.add(word.isEmpty() ? Messages.Choices_usual() : word, word);
        }
        return model;
    }

    private static ListBoxModel withCurrent(List<String> names, String current) {
        ListBoxModel model = new ListBoxModel();
        model.add(Messages.Choices_none(), "");
        names.forEach(model::add);
        if (current != null && !current.isEmpty() && !names.contains(current)) {
            model.add(current);
        }
        return model;
    }

    /** In the Snippet Generator of no job, there is none. */
    private static boolean mayConfigure(Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
    }
}
