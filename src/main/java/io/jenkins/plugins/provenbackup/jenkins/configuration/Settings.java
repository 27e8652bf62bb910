package io.jenkins.plugins.provenbackup.jenkins.configuration;

import hudson.model.Items;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A configuration as a whole.
 *
 * @param destinations in the order shown
 * @param keys in the order shown
 * @param policies in the order shown
 */
record Settings(List<BackupDestination> destinations, List<RepositoryKeys> keys, List<BackupPolicy> policies) {

    Settings {
        destinations = List.copyOf(destinations);
        keys = List.copyOf(keys);
        policies = List.copyOf(policies);
    }

    /**
     * What only an administrator may change, as text to compare: policies with a JENKINS_HOME, the destinations and keys that
     * these use, and destinations that are paths of a machine.
     */
    String reserved() {
        List<Object> reserved = new ArrayList<>();
        Set<String> places = new TreeSet<>();
        policies.stream().filter(BackupPolicy::hasJenkinsHome).forEach(policy -> {
            reserved.add(policy);
            policy.getDestinations().forEach(one -> places.add(one.getName()));
        });
        Set<String> keyNames = new TreeSet<>();
        destinations.stream()
                .filter(one -> places.contains(one.getName()) || Locations.isLocal(one.getLocation()))
                .forEach(one -> {
                    reserved.add(one);
                    keyNames.add(one.getKeys());
                });
        keys.stream().filter(one -> keyNames.contains(one.getName())).forEach(reserved::add);
        return Items.XSTREAM2.toXML(reserved);
    }
}
