package io.jenkins.plugins.provenbackup.jenkins.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.provenbackup.engine.source.home.NeutralHome;
import io.jenkins.plugins.provenbackup.jenkins.access.BootMode;
import io.jenkins.plugins.provenbackup.jenkins.war.RunningJenkins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Jenkins with everything that can reach out: a job that runs every minute and mails its failures, an SSH agent, a cloud, a
 * Pipeline that is under way, an init script, and a plugin that phones home. It is seen to reach all of it, backed up while it
 * runs, and restored; the restored copy boots, shows its jobs and builds, and reaches nothing.
 */
class BootedHomeIT {

    private static final List<String> DOORS = List.of("cron", "mail", "agent", "cloud", "pipeline", "init", "plugin");
    private static final int BUILDS = 300;

    @TempDir
    private static Path folder;

    private static CommandLine commandLine;
    private static Doors doors;
    private static String running;

    @TempDir
    private Path scratch;

    private Path copy;

    @BeforeAll
    static void aHomeThatWasBackedUpWhileItRan() throws Exception {
        commandLine = new CommandLine(folder);
        doors = new Doors(DOORS);
        Path home = Files.createDirectories(folder.resolve("home/plugins")).getParent();
        doors.write(home.resolve("doors.properties"));
        EagerPackage.write(home.resolve("plugins/eager.jpi"));
        Path repository = folder.resolve("repository");
        commandLine.provenBackup("init", "-r", repository.toString());
        try (RunningJenkins jenkins = RunningJenkins.at(home)
                .withPlugins(
                        "proven-backup",
                        "workflow-job",
                        "workflow-cps",
                        "workflow-basic-steps",
                        "workflow-durable-task-step",
                        "ssh-slaves",
                        "mailer",
                        "metrics",
                        "cloudbees-folder")
                .withInitScript(
                        "knock",
                        "try { new Socket('127.0.0.1', " + doors.port("init") + ").close() } catch (IOException e) { }")
                .start()) {
            configure(jenkins);
            await(jenkins);
            running = jenkins.script(whatTheControllerSees());
            commandLine.provenBackup(
                    "backup", "--jenkins-home", "-r", repository.toString(), "--source", "home", home.toString());
        }
        commandLine.provenBackup(
                "restore",
                "-r",
                repository.toString(),
                "latest",
                "--target",
                folder.resolve("restored").toString());
    }

    @AfterAll
    static void close() throws IOException {
        doors.close();
    }

    @BeforeEach
    void aCopyOfWhatWasRestored() throws Exception {
        copy = scratch.resolve("home");
        commandLine.run("cp", "-a", folder.resolve("restored").toString(), copy.toString());
        doors.forget();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        if (Files.isDirectory(scratch.resolve("room"))) {
            assertThat(scratch.resolve("room")).isEmptyDirectory();
        }
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void theCopyBootsShowsItsJobsAndBuildsAndReachesNothing() throws Exception {
        BootReport report = BootTest.run(request());

        assertThat(report.getProblems()).isEmpty();
        assertThat(report.isIsolated()).isTrue();
        assertThat(report.getVersion()).isEqualTo("2.541.3");
        assertThat(report.getReadyMillis()).isPositive();
        assertThat(report.getJobs()).contains("cron", "endless", "many", "team", "team/inner");
        // One hundred builds of a job are looked at.
        assertThat(report.getBuilds()).isGreaterThanOrEqualTo(102);
        assertThat(report.getPlugins()).anyMatch(plugin -> plugin.startsWith("workflow-job "));
        assertThat(report.getPlugins()).contains("eager 1.0");
        assertThat(Files.readString(build("endless", 1))).contains("<result>ABORTED</result>");
        assertThat(doors.visited()).isEmpty();
    }

    @Test
    void theCopyHasAllBuilds() throws Exception {
        try (Stream<Path> builds = Files.list(copy.resolve("jobs/many/builds"))) {
            assertThat(builds.filter(Files::isDirectory)).hasSize(BUILDS);
        }
    }

    @Test
    void ofABuildUnderWayTheStateOfItsPipelineIsNotInTheBackup() {
        assertThat(copy.resolve("jobs/endless/builds/1/log")).exists();
        assertThat(copy.resolve("jobs/endless/builds/1/program.dat")).doesNotExist();
        assertThat(copy.resolve("jobs/endless/builds/1/workflow")).doesNotExist();
    }

    @Test
    void theControllerKnowsItsRunningBuildsItself() {
        assertThat(running)
                .contains("NOTE 'jobs/endless/builds/1' is a build in progress")
                .contains(
                        "PATH jobs/endless/builds/1/log",
                        "PATH jobs/many/builds/299/build.xml",
                        "PATH secrets/master.key")
                .doesNotContain("PATH jobs/endless/builds/1/program.dat", "PATH war", "PATH plugins/mailer\n");
    }

    /** Shows what each of the two layers is good for, and that these listeners see who comes. */
    @Test
    void evenWithANetworkOnlyThePluginReachesOut() throws Exception {
        NeutralHome.make(copy);

        try (RunningJenkins jenkins = RunningJenkins.at(copy)
                .withOptions("-D" + BootMode.REPORT + "=" + scratch.resolve("report"))
                .start()) {
            // Longer than the job that runs every minute would take.
            Thread.sleep(TimeUnit.SECONDS.toMillis(65));
            assertThat(jenkins.script("println Jenkins.get().queue.items.length + ' ' + Jenkins.get().nodes + ' ' +"
                            + " Jenkins.get().clouds + ' ' + Jenkins.get().getItem('cron').scheduleBuild2(0)"))
                    .isEqualToIgnoringWhitespace("0 [] [] null");
            assertThat(jenkins.script(
                            "println hudson.model.PeriodicWork.all().size() + hudson.model.AperiodicWork.all().size()"
                                    + " + hudson.slaves.ComputerListener.all().size()"))
                    .isEqualToIgnoringWhitespace("0");
        }

        assertThat(doors.visited()).containsExactly("plugin");
    }

    @Test
    void aHomeWithoutItsSecretsFails() throws Exception {
        commandLine.run("rm", "-r", copy.resolve("secrets").toString());
        Files.deleteIfExists(copy.resolve("secret.key"));

        BootReport report = BootTest.run(request());

        assertThat(report.isPassed()).isFalse();
        assertThat(report.getProblems()).anyMatch(problem -> problem.contains("cannot be decrypted"));
    }

    @Test
    void aJobThatDoesNotLoadFails() throws Exception {
        Files.writeString(copy.resolve("jobs/team/jobs/inner/config.xml"), "<project><unclosed>");

        BootReport report = BootTest.run(request());

        assertThat(report.getProblems()).containsExactly("'jobs/team/jobs/inner' did not load");
    }

    @Test
    void isEndedInTime() throws Exception {
        Instant start = Instant.now();

        BootReport report = BootTest.run(request().withTimeout(Duration.ofSeconds(2)));

        assertThat(report.getProblems()).singleElement().asString().contains("not ready within 2 s");
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void isEndedByAnInterrupt() throws Exception {
        List<Throwable> thrown = new ArrayList<>();
        BootRequest request = request().withLog(line -> {});
        Thread thread = new Thread(() -> {
            try {
                BootTest.run(request);
            } catch (IOException | InterruptedException e) {
                thrown.add(e);
            }
        });
        thread.start();
        while (thread.isAlive()
                && ProcessHandle.current()
                        .children()
                        .noneMatch(
                                child -> child.info().commandLine().orElse("").contains(BootGuard.class.getName()))) {
            Thread.sleep(20);
        }

        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(30));

        assertThat(thread.isAlive()).isFalse();
        assertThat(thrown).singleElement().isInstanceOf(InterruptedException.class);
    }

    private BootRequest request() {
        assumeThat(isolationWorks()).as("the network can be cut off here").isTrue();
        return BootRequest.of(
                copy,
                scratch.resolve("room"),
                Path.of(System.getProperty("jenkins.war")),
                Path.of(System.getProperty("proven-backup.hpi")),
                Isolation.Need.REQUIRED);
    }

    private static boolean isolationWorks() {
        try {
            return Isolation.find(Isolation.Need.REQUIRED).isCutOff();
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path build(String job, int number) {
        return copy.resolve("jobs/" + job + "/builds/" + number + "/build.xml");
    }

    private static String knock(String door) {
        return "bash -c \"exec 3&lt;&gt;/dev/tcp/127.0.0.1/" + doors.port(door) + "\"";
    }

    private static void configure(RunningJenkins jenkins) throws Exception {
        create(jenkins, "createItem?name=many", "<project><builders/></project>");
        create(jenkins, "createItem?name=team", "<com.cloudbees.hudson.plugins.folder.Folder/>");
        create(jenkins, "job/team/createItem?name=inner", "<project/>");
        create(jenkins, "createItem?name=cron", """
                <project>
                  <triggers><hudson.triggers.TimerTrigger><spec>* * * * *</spec></hudson.triggers.TimerTrigger></triggers>
                  <builders><hudson.tasks.Shell><command>%s; exit 1</command></hudson.tasks.Shell></builders>
                  <publishers><hudson.tasks.Mailer><recipients>ada@shop.example</recipients></hudson.tasks.Mailer></publishers>
                </project>""".formatted(knock("cron")));
        create(jenkins, "createItem?name=endless", """
                <flow-definition>
                  <definition class="org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition">
                    <script>node { while (true) { sh '''%s || true'''; sleep 1 } }</script>
                    <sandbox>true</sandbox>
                  </definition>
                </flow-definition>""".formatted(knock("pipeline")));
        String done = jenkins.script("""
                import com.cloudbees.plugins.credentials.*
                import com.cloudbees.plugins.credentials.domains.Domain
                import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl
                import hudson.plugins.sshslaves.SSHLauncher
                import hudson.plugins.sshslaves.verifiers.NonVerifyingKeyVerificationStrategy
                def jenkins = Jenkins.get()
                def many = jenkins.getItem('many')
                many.scheduleBuild2(0).get()
                def builds = many.buildDir
                2.upto(%d) { new AntBuilder().copy(todir: new File(builds, it as String)) { fileset(dir: new File(builds, '1')) } }
                many.updateNextBuildNumber(%d)
                jenkins.getDescriptorByType(hudson.tasks.Mailer.DescriptorImpl).with { smtpHost = '127.0.0.1'; smtpPort = '%d'; save() }
                SystemCredentialsProvider.instance.store.addCredentials(Domain.global(), new UsernamePasswordCredentialsImpl(
                    CredentialsScope.SYSTEM, 'ssh', '', 'ada', 'secret of ada'))
                def launcher = new SSHLauncher('127.0.0.1', %d, 'ssh')
                launcher.sshHostKeyVerificationStrategy = new NonVerifyingKeyVerificationStrategy()
                jenkins.addNode(new hudson.slaves.DumbSlave('agent', '/tmp/unused', launcher))
                def cloud = jenkins.pluginManager.uberClassLoader
                    .loadClass('io.jenkins.plugins.provenbackup.jenkins.home.eager.EagerCloud')
                jenkins.clouds.add(cloud.getConstructor(String).newInstance('cloud'))
                jenkins.save()
                println 'configured'
                """.formatted(BUILDS, BUILDS + 1, doors.port("mail"), doors.port("agent")));
        assertThat(done).isEqualToIgnoringWhitespace("configured");
        // What reads the cloud's configuration, as a start does. A build that began before would be lost.
        jenkins.script("Jenkins.get().reload()");
        jenkins.script("Jenkins.get().getItem('endless').scheduleBuild2(0)");
    }

    private static void create(RunningJenkins jenkins, String path, String xml) throws Exception {
        assertThat(jenkins.post(path, "application/xml", xml).statusCode()).isEqualTo(200);
    }

    private static void await(RunningJenkins jenkins) throws Exception {
        Instant limit = Instant.now().plus(Duration.ofMinutes(4));
        while (!doors.visited().containsAll(DOORS)) {
            assertThat(Instant.now())
                    .as("visited so far: %s%n%s", doors.visited(), jenkins.log())
                    .isBefore(limit);
            Thread.sleep(500);
        }
    }

    private static String whatTheControllerSees() {
        return """
                import io.jenkins.plugins.provenbackup.engine.source.*
                import io.jenkins.plugins.provenbackup.engine.source.home.HomeSection
                import io.jenkins.plugins.provenbackup.jenkins.home.ControllerHome
                def source = ControllerHome.source(HomeSection.parse([]), WalkOptions.ALL)
                def walk = source.walk({ println 'NOTE ' + it.message() } as SourceProblems)
                for (def item = walk.next(); item.present; item = walk.next()) { println 'PATH ' + item.get().node().path() }
                """;
    }
}
