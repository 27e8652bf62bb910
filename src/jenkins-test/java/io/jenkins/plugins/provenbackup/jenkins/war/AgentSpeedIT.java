package io.jenkins.plugins.provenbackup.jenkins.war;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a backup through an agent costs beside the same by the command line, and that the controller's heap does not know how large the
 * tree is. With {@code -Dprovenbackup.agentMegabytes=2048} the tree has 2 GB and the times count; without, they are only printed,
 * since on so small a tree they say how long things take to begin.
 */
@Timeout(1800)
class AgentSpeedIT {

    private static final int MEGABYTES = Integer.getInteger("provenbackup.agentMegabytes", 100);
    private static final int LARGE = 2000;
    private static final int RUNS = 3;
    private static final double BAR = 1.2;
    private static final long HEAP_GROWTH = 12L << 20;
    private static final String PASSPHRASE = "correct horse battery staple";
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(10);

    private static final String CONFIGURE = """
            import com.cloudbees.plugins.credentials.*
            import hudson.util.Secret
            import io.jenkins.plugins.provenbackup.jenkins.configuration.*
            import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl

            def provider = SystemCredentialsProvider.instance
            provider.credentials.clear()
            provider.credentials.add(new StringCredentialsImpl(
                CredentialsScope.SYSTEM, 'backup-key', '', Secret.fromString(new File('%2$s').text)))
            provider.save()
            def destination = new BackupDestination('nas', '%1$s')
            destination.keys = 'main'
            destination.allowedJobs = '**'
            ProvenBackupConfiguration.get().setKeys([new RepositoryKeys('main', 'backup-key')])
            ProvenBackupConfiguration.get().setDestinations([destination])
            print 'configured'
            """;

    @TempDir
    static Path folder;

    private static RunningJenkins jenkins;

    private int repositories;

    @BeforeAll
    static void start() throws Exception {
        jenkins = RunningJenkins.at(folder.resolve("home"))
                .withPlugins(
                        "proven-backup",
                        "instance-identity",
                        "workflow-cps",
                        "workflow-job",
                        "workflow-basic-steps",
                        "workflow-durable-task-step")
                .start();
    }

    @AfterAll
    static void stop() {
        if (jenkins != null) {
            jenkins.close();
        }
    }

    @Test
    void aBackupThroughAnAgentCostsLittleMoreThanOneByTheCommandLine() throws Exception {
        try (RunningAgent agent = jenkins.startAgent("speed", folder.resolve("speed"))) {
            assertThat(agent.handle().isAlive()).isTrue();
            Path workspace = folder.resolve("speed/workspace/speed");
            tree(workspace.resolve("data"), 1);
            Duration cold = byAgent();
            byAgent();
            long small = heap();
            tree(workspace.resolve("data"), MEGABYTES);

            List<Duration> agentTimes = new ArrayList<>();
            List<Duration> commandTimes = new ArrayList<>();
            for (int run = 0; run < RUNS; run++) {
                agentTimes.add(byAgent());
                commandTimes.add(byCommandLine(workspace.resolve("data")));
            }
            long large = heap();
            double ratio = (double) median(agentTimes).toMillis()
                    / median(commandTimes).toMillis();

            System.out.printf(
                    "%d MB: by an agent %s ms, by the command line %s ms, ratio %.2f; first of all, 1 MB and cold: %d ms;"
                            + " heap of the controller after 1 MB %.1f MiB, after %d runs of %d MB %.1f MiB%n",
                    MEGABYTES,
                    agentTimes.stream().map(Duration::toMillis).toList(),
                    commandTimes.stream().map(Duration::toMillis).toList(),
                    ratio,
                    cold.toMillis(),
                    small / 1048576.0,
                    RUNS,
                    MEGABYTES,
                    large / 1048576.0);
            assertThat(large - small).isLessThan(HEAP_GROWTH);
            if (MEGABYTES >= LARGE) {
                assertThat(ratio).isLessThanOrEqualTo(BAR);
            }
        }
    }

    /** Of each megabyte one half is a file of noise, the other eight files of lines. */
    private static void tree(Path root, int megabytes) throws IOException {
        Random random = new Random(5);
        byte[] noise = new byte[512 * 1024];
        for (int number = 0; number < megabytes; number++) {
            Path directory =
                    Files.createDirectories(root.resolve("d" + number / 64).resolve("m" + number));
            random.nextBytes(noise);
            Files.write(directory.resolve("noise"), noise);
            for (int part = 0; part < 8; part++) {
                try (OutputStream out = Files.newOutputStream(directory.resolve("lines" + part))) {
                    StringBuilder text = new StringBuilder();
                    while (text.length() < 64 * 1024) {
                        text.append("[INFO] step ")
                                .append(random.nextInt(1_000_000))
                                .append(" took some milliseconds\n");
                    }
                    out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
                }
            }
        }
    }

    /** A backup into a new repository: how long the build took. */
    private Duration byAgent() throws Exception {
        Path repository = repository();
        assertThat(jenkins.script(CONFIGURE.formatted(repository, key(repository))))
                .isEqualTo("configured");
        int number = Integer.parseInt(jenkins.script("""
                import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition
                import org.jenkinsci.plugins.workflow.job.WorkflowJob
                def job = Jenkins.get().getItem('speed') ?: Jenkins.get().createProject(WorkflowJob, 'speed')
                job.definition = new CpsFlowDefinition("node('speed') { backup source: 'data', destinations: 'nas' }", true)
                int number = job.nextBuildNumber
                job.scheduleBuild2(0)
                print number
                """).strip());
        Instant limit = Instant.now().plus(BUILD_LIMIT);
        String log = "";
        while (Instant.now().isBefore(limit) && !log.contains("\nFinished: ")) {
            Thread.sleep(300);
            HttpResponse<String> response = jenkins.get("job/speed/" + number + "/consoleText");
            log = response.statusCode() == 200 ? response.body() : "";
        }
        assertThat(log).contains("Finished: SUCCESS");
        return Duration.ofMillis(Long.parseLong(
                jenkins.script("print Jenkins.get().getItem('speed').getBuildByNumber(" + number + ").duration")
                        .strip()));
    }

    /** The same with the launcher: how long the process took. */
    private Duration byCommandLine(Path data) throws Exception {
        Path repository = repository();
        long begin = System.nanoTime();
        provenBackup(
                "backup",
                "-r",
                repository.toString(),
                "--key-file",
                key(repository).toString(),
                data.toString());
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** A new, empty one; the one before is deleted, so that the disk holds no more than one. */
    private Path repository() throws Exception {
        Path last = folder.resolve("repository-" + repositories);
        if (Files.exists(last)) {
            run(List.of("rm", "-r", last.toString()));
        }
        Path repository = folder.resolve("repository-" + ++repositories);
        provenBackup("init", "-r", repository.toString());
        provenBackup(
                "key",
                "export-backup-key",
                "-r",
                repository.toString(),
                key(repository).toString());
        run(List.of("sync"));
        return repository;
    }

    private static Path key(Path repository) {
        return repository.resolveSibling(repository.getFileName() + ".key");
    }

    private static void provenBackup(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(System.getProperty("proven-backup.launcher")));
        command.addAll(List.of(arguments));
        run(command);
    }

    private static void run(List<String> command) throws Exception {
        Path log = folder.resolve("command.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(Map.of("PROVEN_BACKUP_PASSWORD", PASSPHRASE));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Bytes in use on the controller after a full collection. */
    private static long heap() throws Exception {
        return Long.parseLong(jenkins.script("""
                        3.times { System.gc(); Thread.sleep(200) }
                        print java.lang.management.ManagementFactory.memoryMXBean.heapMemoryUsage.used
                        """).strip());
    }

    private static Duration median(List<Duration> times) {
        List<Duration> sorted = new ArrayList<>(times);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
