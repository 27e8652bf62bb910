package io.jenkins.plugins.provenbackup.jenkins.execution;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.jenkins.access.Granted;
import io.jenkins.plugins.provenbackup.jenkins.access.JobAccess;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.configuration.RepositoryKeys;
import io.jenkins.plugins.provenbackup.jenkins.secrets.DestinationAccess;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Destinations that a build or a policy's schedule may use for what it wants to do, and the keys of the repository that they hold. */
final class ChosenDestinations {

    private final List<One> all;
    private final RepositoryKeys keys;

    /** Says how to log in. */
    private interface Login {
        DestinationAccess access() throws AbortException;
    }

    /**
     * A destination.
     *
     * @param name as configured; its location where a step gave a URI
     * @param location where
     * @param isConfigured false for a URI
     * @param login to list, read and add
     */
    private record One(String name, StorageLocation location, boolean isConfigured, Login login) {

        static One of(BackupDestination configured) throws AbortException {
            return new One(
                    configured.getName(),
                    ChosenDestinations.location(configured),
                    true,
                    () -> DestinationAccess.forWriting(configured));
        }
    }

    private ChosenDestinations(List<One> all, RepositoryKeys keys) {
        this.all = all;
        this.keys = keys;
    }

    /** What a build asks for. */
    static final class Wish {
        Granted.Purpose purpose = Granted.Purpose.BACK_UP;
        Optional<BackupPolicy> policy = Optional.empty();
        /** Names and URIs; empty for the policy's. */
        List<String> names = List.of();

        String credentialsId = "";
        String keys = "";
    }

    /**
     * Looks them up.
     *
     * @throws AbortException when one does not exist, is not allowed, or they are not of one repository; the message says what to do
     */
    static ChosenDestinations of(Run<?, ?> run, JobAccess access, Wish wish) throws AbortException {
        ProvenBackupConfiguration configuration = ProvenBackupConfiguration.get();
        Set<String> ofPolicy = new LinkedHashSet<>();
        wish.policy.ifPresent(policy -> policy.getDestinations().stream()
                .map(PolicyDestination::getName)
                .forEach(ofPolicy::add));
        List<String> wanted = wish.names.isEmpty() ? List.copyOf(ofPolicy) : wish.names;
        if (wanted.isEmpty()) {
            throw new AbortException("Say where to: give destinations: ['NAME', ...], or a policy that has some."
                    + available(configuration));
        }
        List<One> chosen = new ArrayList<>();
        for (String name : wanted) {
            Optional<BackupDestination> configured = configuration.destination(name);
            if (configured.isPresent()) {
                if (!ofPolicy.contains(name)) {
                    access.requireDestination(configured.get(), wish.purpose);
                }
                chosen.add(One.of(configured.get()));
            } else if (name.contains(":")) {
                StorageLocation location = access.requireRemote(name, wish.purpose);
                chosen.add(new One(
                        location.toString(),
                        location,
                        false,
                        () -> DestinationAccess.inRun(run, location, wish.credentialsId)));
            } else {
                throw new AbortException("There is no destination '" + name + "'." + available(configuration));
            }
        }
        return new ChosenDestinations(chosen, keys(chosen, wish, configuration));
    }

    /**
     * All of a policy, for what it does by itself.
     *
     * @throws AbortException when one does not exist, or they are not of one repository; the message says what to do
     */
    static ChosenDestinations ofPolicy(BackupPolicy policy) throws AbortException {
        ProvenBackupConfiguration configuration = ProvenBackupConfiguration.get();
        List<One> all = new ArrayList<>();
        for (PolicyDestination one : policy.getDestinations()) {
            all.add(One.of(configuration
                    .destination(one.getName())
                    .orElseThrow(() -> new AbortException(
                            "There is no destination '" + one.getName() + "'." + available(configuration)))));
        }
        if (all.isEmpty()) {
            throw new AbortException("The policy '" + policy.getName() + "' has no destination.");
        }
        Wish wish = new Wish();
        wish.policy = Optional.of(policy);
        return new ChosenDestinations(all, keys(all, wish, configuration));
    }

    /**
     * One of them alone.
     *
     * @throws AbortException when it is none of them
     */
    ChosenDestinations only(String name) throws AbortException {
        List<One> one = all.stream().filter(any -> any.name().equals(name)).toList();
        if (one.isEmpty()) {
            throw new AbortException("The destination '" + name + "' does not belong to the policy any more.");
        }
        return new ChosenDestinations(one, keys);
    }

    private static String available(ProvenBackupConfiguration configuration) {
        List<String> names = configuration.getDestinations().stream()
                .map(BackupDestination::getName)
                .toList();
        return names.isEmpty()
                ? " None is configured yet: an administrator adds them under Manage Jenkins, System, Proven Backup."
                : " Configured are: " + String.join(", ", names) + ".";
    }

    private static StorageLocation location(BackupDestination destination) throws AbortException {
        try {
            return StorageLocation.parse(destination.getLocation());
        } catch (StorageException e) {
            throw new AbortException("The destination '" + destination.getName() + "': " + e.getMessage());
        }
    }

    private static RepositoryKeys keys(List<One> chosen, Wish wish, ProvenBackupConfiguration configuration)
            throws AbortException {
        List<String> configured =
                chosen.stream().filter(One::isConfigured).map(One::name).toList();
        try {
            if (!configured.isEmpty()) {
                return configuration.keysOf(configured);
            }
            if (wish.policy.isPresent() && wish.keys.isEmpty()) {
                return configuration.keysOf(wish.policy.get().getDestinations().stream()
                        .map(PolicyDestination::getName)
                        .toList());
            }
        } catch (IllegalArgumentException e) {
            throw new AbortException(sentence(e.getMessage()));
        }
        if (wish.keys.isEmpty()) {
            throw new AbortException(
                    "Only URIs are given as destinations, so the keys of the repository must be named, too: keys:"
                            + " 'NAME'.");
        }
        return configuration
                .keys(wish.keys)
                .orElseThrow(() -> new AbortException("There are no repository keys '" + wish.keys + "'."));
    }

    private static String sentence(String message) {
        return Character.toUpperCase(message.charAt(0)) + message.substring(1) + (message.endsWith(".") ? "" : ".");
    }

    RepositoryKeys keys() {
        return keys;
    }

    int count() {
        return all.size();
    }

    /** Whether an administrator configured all of them. */
    boolean areConfigured() {
        return all.stream().allMatch(One::isConfigured);
    }

    /** By location the destination's name. */
    Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        all.forEach(one -> names.put(one.location().toString(), one.name()));
        return names;
    }

    /** How to log in to list, read and add, made anew; whoever gets it wipes it. */
    List<DestinationAccess> access() throws AbortException {
        List<DestinationAccess> access = new ArrayList<>();
        boolean isWhole = false;
        try {
            for (One one : all) {
                access.add(one.login().access());
            }
            isWhole = true;
            return access;
        } finally {
            if (!isWhole) {
                access.forEach(DestinationAccess::close);
            }
        }
    }
}
