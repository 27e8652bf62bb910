package io.jenkins.plugins.provenbackup.jenkins.home;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.BytesPayload;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.ManifestName;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.RunId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.JenkinsHomeSource;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.steps.BackupSite;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * An agent makes up a snapshot of the controller's home with all that it was ever given for its own job: the key of the job's source
 * and the right to write to the destination. What it backed up itself is the content.
 */
@WithJenkins
class ForgedHomeTest {

    private static final String POLICY = "jenkins-home";
    private static final String HOME = POLICY + "/jenkinsHome";
    private static final String TEST = "verifyRestore(policy: '" + POLICY + "', boot: true) { echo 'IN THE BODY' }";

    @TempDir
    private Path temp;

    private JenkinsRule jenkins;
    private BackupSite site;
    private WorkflowJob ofAgent;
    private WorkflowJob ofAdministrator;

    @BeforeEach
    void aHomeAndAJobOfAnAgent(JenkinsRule rule) throws Exception {
        jenkins = rule;
        site = BackupSite.at(temp.resolve("nas"));
        BackupPolicy policy = new BackupPolicy(POLICY);
        policy.setSources(List.of(new JenkinsHomeSource()));
        policy.setDestinations(List.of(new PolicyDestination("nas")));
        policy.setAllowedJobs("guard");
        policy.setRestoringJobs("guard");
        ProvenBackupConfiguration.get().setPolicies(List.of(policy));
        ofAgent = jenkins.createProject(WorkflowJob.class, "agent");
        ofAdministrator = jenkins.createProject(WorkflowJob.class, "guard");
        run(ofAgent, Result.SUCCESS, """
                node {
                    writeFile file: 'config.xml', text: '<hudson/>'
                    writeFile file: 'init.groovy.d/evil.groovy', text: 'println 1'
                    backup destinations: 'nas'
                }""");
    }

    @Test
    void underTheNameOfTheHomeItIsNotFound() throws Exception {
        ManifestName name = forge(Place.OWN_FOLDER, 1);

        WorkflowRun run = run(ofAdministrator, Result.FAILURE, TEST);

        assertThat(name.object()).isNotEmpty();
        assertThat(JenkinsRule.getLog(run))
                .contains("There is no snapshot")
                .doesNotContain("IN THE BODY", "was ready after");
        assertThat(site.snapshots()).extracting(one -> one.manifest().source()).containsExactly("agent:.");
    }

    @Test
    void inTheFolderOfTheHomeItIsRefusedByName() throws Exception {
        ManifestName name = forge(Place.FOLDER_OF_THE_HOME, 1);

        WorkflowRun run = run(ofAdministrator, Result.FAILURE, TEST);

        assertThat(JenkinsRule.getLog(run))
                .contains("There is no snapshot", "Refused: ", name.object())
                .doesNotContain("IN THE BODY", "was ready after");
    }

    @Test
    void besideARealOneTheRealOneIsTaken() throws Exception {
        run(ofAdministrator, Result.SUCCESS, "backup policy: '" + POLICY + "'");
        Snapshot real = site.snapshots().stream()
                .filter(one -> one.manifest().source().equals(HOME))
                .findFirst()
                .orElseThrow();
        ManifestName name = forge(Place.FOLDER_OF_THE_HOME, 9);

        WorkflowRun run = run(
                ofAdministrator,
                Result.SUCCESS,
                "def t = verifyRestore(policy: '" + POLICY + "') { echo 'IN THE BODY' }\necho \"of ${t.id}\"");

        assertThat(JenkinsRule.getLog(run))
                .contains("WARNING: a manifest cannot be used", name.object())
                .contains("of " + real.id().hex());
    }

    private enum Place {
        OWN_FOLDER,
        FOLDER_OF_THE_HOME
    }

    /** Where the home's folder is can be seen in a listing, so its name is no secret. */
    private ManifestName forge(Place place, long sequence) throws Exception {
        try (Destinations destinations = site.open();
                RecoveryKey recovery = destinations.unlock(BackupSite.PASSPHRASE.toCharArray());
                SourceKey given = recovery.sourceKey("agent:.").orElseThrow();
                SourceKey ofHome = recovery.sourceKey(HOME).orElseThrow()) {
            Replica replica = destinations.reached().get(0);
            Manifest own = new SnapshotStore(replica).load(given).manifests().get(0);
            Manifest forged = claimingToBeTheHome(given, own, sequence);
            byte[] object = forged.encode(given);
            if (place == Place.OWN_FOLDER) {
                return new SnapshotStore(replica).put(forged, object);
            }
            BytesPayload payload = new BytesPayload(object);
            ManifestName name = new ManifestName(ofHome.sourceId(), sequence, 0, payload.hash());
            replica.storage().put(name.object(), payload);
            return name;
        }
    }

    private static Manifest claimingToBeTheHome(SourceKey given, Manifest own, long sequence) {
        Manifest.Facts facts = own.facts();
        return Manifest.create(
                given,
                new Manifest.Place(
                        RunId.random(),
                        sequence,
                        SnapshotKind.FULL,
                        Instant.now(),
                        Instant.now(),
                        Optional.empty(),
                        List.of()),
                new Manifest.Facts(
                        facts.random(),
                        HOME,
                        facts.host(),
                        facts.user(),
                        facts.roots(),
                        facts.totals(),
                        facts.catalog()),
                own.tags(),
                own.archives(),
                own.moved(),
                own.sparse());
    }

    private WorkflowRun run(WorkflowJob job, Result result, String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.assertBuildStatus(result, job.scheduleBuild2(0));
    }
}
