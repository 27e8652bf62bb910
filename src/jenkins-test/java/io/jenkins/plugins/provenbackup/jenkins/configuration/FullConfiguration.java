package io.jenkins.plugins.provenbackup.jenkins.configuration;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.util.Secret;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;

/** A configuration in which no field has its default. */
final class FullConfiguration {

    static final String PASSWORD = "a-password-nobody-may-see";

    private static final String KNOWN_HOST =
            "nas.example ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

    private FullConfiguration() {}

    static void set() throws Exception {
        SystemCredentialsProvider store = SystemCredentialsProvider.getInstance();
        store.getCredentials()
                .add(new UsernamePasswordCredentialsImpl(CredentialsScope.SYSTEM, "nas-write", "", "backup", PASSWORD));
        store.getCredentials()
                .add(new UsernamePasswordCredentialsImpl(CredentialsScope.SYSTEM, "nas-prune", "", "admin", PASSWORD));
        store.getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.SYSTEM, "key", "", Secret.fromString(PASSWORD)));
        store.getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.SYSTEM, "recovery", "", Secret.fromString(PASSWORD)));
        store.save();
        ProvenBackupConfiguration configuration = ProvenBackupConfiguration.get();
        RepositoryKeys keys = new RepositoryKeys("main", "key");
        keys.setRecoveryCredentialsId("recovery");
        configuration.setKeys(List.of(keys));
        configuration.setDestinations(List.of(destination(), new BackupDestination("disk", "/mnt/backup")));
        configuration.setPolicies(List.of(policy(), home()));
    }

    private static BackupDestination destination() {
        BackupDestination destination = new BackupDestination("nas", "sftp://backup@nas.example/srv/jenkins");
        destination.setKeys("main");
        destination.setCredentialsId("nas-write");
        destination.setPruningCredentialsId("nas-prune");
        destination.setMedium("tape");
        destination.setOffsite(true);
        destination.setImmutable(true);
        destination.setConnectTimeout(7);
        destination.setOperationTimeout(90);
        destination.setKnownHosts(KNOWN_HOST);
        destination.setCertificates("");
        destination.setAllowedJobs("shop/*\nweb");
        return destination;
    }

    private static BackupPolicy policy() {
        BackupPolicy policy = new BackupPolicy("shop");
        WorkspaceSource workspace = new WorkspaceSource("build/db");
        workspace.setName("files");
        workspace.setExcludes("*.tmp\n/cache/");
        CommandSource command = new CommandSource("pg_dump shop");
        command.setName("dump");
        command.setMedium("memory");
        LocationSource location = new LocationSource("sftp://reader@files.example/share");
        location.setName("share");
        location.setCredentialsId("nas-write");
        policy.setSources(List.of(workspace, command, location));
        PolicyDestination place = new PolicyDestination("nas");
        place.setLast(1);
        place.setHourly(2);
        place.setDaily(3);
        place.setWeekly(4);
        place.setMonthly(5);
        place.setYearly(6);
        place.setWithin("36h");
        policy.setDestinations(List.of(place));
        policy.setMinCopies(1);
        policy.setKind("differential");
        policy.setFullEvery("14d");
        policy.setSchedule("H 3 * * *");
        policy.setTimeZone("Europe/Vienna");
        policy.setRpo("24h");
        policy.setRto("30m");
        policy.setRecoveryTest("7d");
        policy.setCopies("3-2-1");
        PolicyContact contact = new PolicyContact("On call");
        contact.setRole("has the passphrase");
        contact.setPhone("+43 1 234");
        contact.setEmail("oncall@example.org");
        policy.setContacts(List.of(contact));
        policy.setNotes("Stop the shop first.\nThen restore.");
        policy.setAllowedJobs("shop/db");
        policy.setRestoringJobs("shop/restore");
        return policy;
    }

    private static BackupPolicy home() {
        BackupPolicy policy = new BackupPolicy("jenkins-home");
        JenkinsHomeSource home = new JenkinsHomeSource();
        home.setExcludes("/userContent/big/");
        policy.setSources(List.of(home));
        policy.setDestinations(List.of(new PolicyDestination("nas")));
        policy.setFullEvery("");
        policy.setTestSchedule("H 5 * * 0");
        policy.setBootTest(true);
        policy.setContinuous(true);
        return policy;
    }
}
