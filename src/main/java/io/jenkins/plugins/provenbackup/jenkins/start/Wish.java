package io.jenkins.plugins.provenbackup.jenkins.start;

import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.JenkinsHomeSource;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What the answers on the page mean: destinations, and a policy whose promises they can keep. */
final class Wish {

    static final String POLICY = "jenkins-home";
    static final String KEYS = "jenkins";

    private static final int DAYS = 14;
    private static final int WEEKS = 8;
    private static final int MONTHS = 12;

    private final List<BackupDestination> destinations = new ArrayList<>();
    private final String keys;

    private Wish(String keys) {
        this.keys = keys;
    }

    static Wish of(StartForm form) throws StorageException {
        ProvenBackupConfiguration present = ProvenBackupConfiguration.get();
        Wish wish = new Wish(free(KEYS, name -> present.keys(name).isPresent()));
        wish.add(form.getFirstLocation(), form.getFirstCredentialsId());
        if (!form.getSecondLocation().isEmpty()) {
            wish.add(form.getSecondLocation(), form.getSecondCredentialsId());
        }
        return wish;
    }

    private void add(String location, String credentialsId) throws StorageException {
        StorageLocation place = StorageLocation.parse(location);
        String name = free(
                suggestion(place),
                taken -> ProvenBackupConfiguration.get().destination(taken).isPresent()
                        || destinations.stream().anyMatch(one -> one.getName().equals(taken)));
        BackupDestination destination = new BackupDestination(name, location);
        destination.setCredentialsId(credentialsId);
        destination.setKeys(keys);
        boolean isCloud = place.scheme().equals("s3");
        destination.setMedium(isCloud ? "cloud" : place.isLocal() ? "disk" : "server");
        destination.setOffsite(isCloud);
        destinations.add(destination);
    }

    /** The host's first name, or the last name of a path. */
    private static String suggestion(StorageLocation place) {
        String whole = place.isLocal() ? place.path().replaceAll(".*/(?=[^/]+/?$)|/$", "") : place.host();
        boolean isAddress = whole.matches("[0-9.:]+");
        String name = place.isLocal() || isAddress ? whole : whole.replaceAll("\\..*", "");
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]+", "-");
        return plain.isEmpty() || plain.equals("-") ? "backup" : plain;
    }

    private static String free(String wanted, Predicate<String> isTaken) {
        String name = wanted;
        for (int number = 2; isTaken.test(name); number++) {
            name = wanted + "-" + number;
        }
        return name;
    }

    List<BackupDestination> destinations() {
        return List.copyOf(destinations);
    }

    String keys() {
        return keys;
    }

    BackupPolicy policy() {
        BackupPolicy policy = new BackupPolicy(POLICY);
        policy.setSources(List.of(new JenkinsHomeSource()));
        List<PolicyDestination> places = new ArrayList<>();
        for (BackupDestination destination : destinations) {
            PolicyDestination place = new PolicyDestination(destination.getName());
            place.setWithin("2d");
            place.setDaily(DAYS);
            place.setWeekly(WEEKS);
            place.setMonthly(MONTHS);
            places.add(place);
        }
        policy.setDestinations(places);
        policy.setSchedule("H 2 * * *");
        policy.setRpo("26h");
        policy.setRto("1h");
        policy.setRecoveryTest("7d");
        policy.setCopies(copies());
        return policy;
    }

    /** What these destinations give, so that the page does not promise what nobody set up. */
    private String copies() {
        long media = 1
                + destinations.stream()
                        .map(BackupDestination::getMedium)
                        .filter(medium -> !medium.equals("disk"))
                        .distinct()
                        .count();
        long offsite =
                destinations.stream().filter(BackupDestination::isOffsite).count();
        return (1 + destinations.size()) + "-" + media + "-" + offsite;
    }
}
