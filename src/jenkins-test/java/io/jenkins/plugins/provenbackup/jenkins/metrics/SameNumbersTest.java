package io.jenkins.plugins.provenbackup.jenkins.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.jenkins.steps.BackupSite;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a build shows of its snapshot is what the command line says of it. */
@WithJenkins
class SameNumbersTest {

    @TempDir
    private Path temp;

    @Test
    void aBuildAndTheCommandLineAgreeOnEachSnapshot(JenkinsRule jenkins) throws Exception {
        Path repository = temp.resolve("nas");
        BackupSite.at(repository);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "p");
        job.setDefinition(new CpsFlowDefinition("""
                node {
                    sh 'mkdir -p d/e && seq 100000 > d/same && cp d/same d/twin && date +%N > d/e/other && ln -sf same d/link'
                    backup source: 'd', destinations: 'nas'
                }
                """, true));
        jenkins.buildAndAssertSuccess(job);
        jenkins.buildAndAssertSuccess(job);

        JSONArray snapshots = commandLine(repository).getJSONArray("snapshots");

        assertThat(snapshots.size()).isEqualTo(2);
        for (int i = 0; i < 2; i++) {
            JSONObject snapshot = snapshots.getJSONObject(i);
            long sequence = snapshot.getLong("sequence");
            JSONObject shown = jenkins.createWebClient()
                    .getJSON("job/p/" + sequence + "/backup/api/json")
                    .getJSONObject()
                    .getJSONArray("reports")
                    .getJSONObject(0);
            for (String name : List.of("id", "sequence", "kind")) {
                assertThat(shown.getString(name)).as(name).isEqualTo(snapshot.getString(name));
            }
            JSONObject totals = snapshot.getJSONObject("totals");
            assertThat(totals.getLong("files")).isEqualTo(3);
            assertThat(totals.getLong("filesNew")).isEqualTo(sequence == 1 ? 3 : 0);
            for (Object name : totals.keySet()) {
                assertThat(shown.getLong((String) name)).as((String) name).isEqualTo(totals.getLong((String) name));
            }
        }
    }

    private static JSONObject commandLine(Path repository) throws Exception {
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.jenkins.plugins.provenbackup.cli.Main",
                "snapshots",
                "-r",
                repository.toString(),
                "--json");
        command.environment().put("PROVEN_BACKUP_PASSWORD", BackupSite.PASSPHRASE);
        command.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = command.start();
        String document = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return JSONObject.fromObject(document);
    }
}
