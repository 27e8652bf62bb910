package io.jenkins.plugins.provenbackup.jenkins.configuration;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.security.Permission;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** Destinations, keys and policies of this Jenkins. Thread-safe; what it holds is replaced as a whole, never changed. */
@Extension
@Symbol("provenBackup")
public final class ProvenBackupConfiguration extends GlobalConfiguration {

    private volatile List<BackupDestination> destinations = new ArrayList<>();
    private volatile List<RepositoryKeys> keys = new ArrayList<>();
    private volatile List<BackupPolicy> policies = new ArrayList<>();
    private volatile boolean bootWithoutIsolation;

    public ProvenBackupConfiguration() {
        load();
    }

    /** The one of this Jenkins. */
    public static ProvenBackupConfiguration get() {
        return ExtensionList.lookupSingleton(ProvenBackupConfiguration.class);
    }

    @Override
    public String getDisplayName() {
        return Messages.ProvenBackupConfiguration_displayName();
    }

    @Override
    public Permission getRequiredGlobalConfigPagePermission() {
        return BackupPermissions.CONFIGURE;
    }

    /** All of the form at once, or nothing. */
    @Override
    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        boolean isWaived = json.optBoolean("bootWithoutIsolation");
        if (isWaived != bootWithoutIsolation && !Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            throw new FormException(Messages.ProvenBackupConfiguration_isolation(), "bootWithoutIsolation");
        }
        replace(new Settings(
                req.bindJSONToList(BackupDestination.class, json.opt("destinations")),
                req.bindJSONToList(RepositoryKeys.class, json.opt("keys")),
                req.bindJSONToList(BackupPolicy.class, json.opt("policies"))));
        setBootWithoutIsolation(isWaived);
        return true;
    }

    /** Takes over a configuration when it is consistent and the user may change what differs. */
    private synchronized void replace(Settings wanted) throws FormException {
        Consistency.require(wanted);
        Settings present = new Settings(destinations, keys, policies);
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                && !present.reserved().equals(wanted.reserved())) {
            throw new FormException(Messages.ProvenBackupConfiguration_reserved(), "policies");
        }
        destinations = new ArrayList<>(wanted.destinations());
        keys = new ArrayList<>(wanted.keys());
        policies = new ArrayList<>(wanted.policies());
        save();
    }

    /**
     * Adds what belongs together, for an administrator; nothing when it does not fit what is there.
     *
     * @throws FormException in words for the user
     */
    public synchronized void add(RepositoryKeys newKeys, List<BackupDestination> places, List<BackupPolicy> more)
            throws FormException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        replace(new Settings(joined(destinations, places), joined(keys, List.of(newKeys)), joined(policies, more)));
    }

    /**
     * Adds keys, for an administrator, and gives them to destinations that have none.
     *
     * @throws FormException in words for the user
     */
    public synchronized void addKeys(RepositoryKeys newKeys, List<String> names) throws FormException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        List<BackupDestination> changed = destinations.stream()
                .map(one -> names.contains(one.getName()) && one.getKeys().isEmpty() ? one.withKeys(newKeys) : one)
                .toList();
        replace(new Settings(changed, joined(keys, List.of(newKeys)), policies));
    }

    private static <T> List<T> joined(List<T> present, List<T> more) {
        List<T> all = new ArrayList<>(present);
        all.addAll(more);
        return all;
    }

    public List<BackupDestination> getDestinations() {
        return List.copyOf(destinations);
    }

    @DataBoundSetter
    public void setDestinations(List<BackupDestination> destinations) {
        this.destinations = new ArrayList<>(destinations);
        save();
    }

    public List<RepositoryKeys> getKeys() {
        return List.copyOf(keys);
    }

    @DataBoundSetter
    public void setKeys(List<RepositoryKeys> keys) {
        this.keys = new ArrayList<>(keys);
        save();
    }

    public List<BackupPolicy> getPolicies() {
        return List.copyOf(policies);
    }

    @DataBoundSetter
    public void setPolicies(List<BackupPolicy> policies) {
        this.policies = new ArrayList<>(policies);
        save();
    }

    /** Whether restored homes are booted where their network cannot be cut off. */
    public boolean isBootWithoutIsolation() {
        return bootWithoutIsolation;
    }

    @DataBoundSetter
    public void setBootWithoutIsolation(boolean bootWithoutIsolation) {
        this.bootWithoutIsolation = bootWithoutIsolation;
        save();
    }

    /** The destination of that name. */
    public Optional<BackupDestination> destination(String name) {
        return find(destinations, one -> one.getName().equals(name));
    }

    /** The keys of that name. */
    public Optional<RepositoryKeys> keys(String name) {
        return find(keys, one -> one.getName().equals(name));
    }

    /** The policy of that name. */
    public Optional<BackupPolicy> policy(String name) {
        return find(policies, one -> one.getName().equals(name));
    }

    /**
     * The keys that destinations share.
     *
     * @param names of destinations, at least one
     * @throws IllegalArgumentException when one does not exist, or they have no keys in common, in words for the user
     */
    public RepositoryKeys keysOf(List<String> names) {
        List<String> wanted = names.stream()
                .map(name -> destination(name)
                        .orElseThrow(() -> new IllegalArgumentException("there is no destination '" + name + "'"))
                        .getKeys())
                .distinct()
                .toList();
        if (wanted.size() != 1) {
            throw new IllegalArgumentException("the destinations " + String.join(", ", names)
                    + " are not of one repository: they have different keys");
        }
        return keys(wanted.get(0))
                .orElseThrow(() -> new IllegalArgumentException("the destinations " + String.join(", ", names)
                        + " have no keys yet: create or import some under Manage Jenkins, System, Proven Backup"));
    }

    /** A policy as the engine judges it. */
    public Policy toPolicy(BackupPolicy policy) {
        Function<String, Optional<BackupDestination>> lookup = this::destination;
        return policy.toPolicy(lookup);
    }

    private static <T> Optional<T> find(List<T> all, Predicate<T> wanted) {
        return all.stream().filter(wanted).findFirst();
    }
}
