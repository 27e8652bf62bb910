package io.jenkins.plugins.provenbackup.jenkins.drill;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.Util;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillReport;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillSubject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.model.Jenkins;

/**
 * Reports of recovery drills, kept below {@code JENKINS_HOME/proven-backup/drills}: the newest hundred of each policy, whatever becomes of
 * the builds and runs that made them. Thread-safe.
 */
@Extension
public final class Drills implements ExtensionPoint {

    private final Map<String, DrillFolder> folders = new ConcurrentHashMap<>();

    /** Those of this Jenkins. */
    public static Drills get() {
        return ExtensionList.lookupSingleton(Drills.class);
    }

    /** Drills of a policy that are over, the newest first. */
    public List<DrillReport> of(String policy) {
        return folder(policy).reports();
    }

    /** One of them. */
    public Optional<DrillReport> find(String policy, int number) {
        return of(policy).stream().filter(one -> one.getNumber() == number).findFirst();
    }

    /** Where they are shown, below Jenkins' own address: it belongs to the page of the policy's runs. */
    public static String urlOf(String policy) {
        return "proven-backup-runs/policy/" + Util.rawEncode(policy) + "/drills/";
    }

    /** Where one is shown, below Jenkins' own address. */
    public static String urlOf(DrillReport report) {
        return urlOf(report.getPolicy()) + report.getNumber() + "/";
    }

    DrillReport add(DrillSubject subject, DrillReport.Found found) throws IOException {
        long now = System.currentTimeMillis();
        return folder(subject.policy()).add(number -> DrillReport.of(subject, found, number, now));
    }

    private DrillFolder folder(String policy) {
        return folders.computeIfAbsent(policy, name -> new DrillFolder(root(), name));
    }

    private static Path root() {
        return Jenkins.get().getRootDir().toPath().resolve("proven-backup").resolve("drills");
    }
}
