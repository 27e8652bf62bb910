package io.jenkins.plugins.provenbackup.jenkins.war;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An agent in a process of its own, that connects to a {@link RunningJenkins} over a web socket. */
public final class RunningAgent implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final ChildProcess process;

    private RunningAgent(ChildProcess process) {
        this.process = process;
    }

    static RunningAgent start(RunningJenkins jenkins, String name, Path folder, List<String> options)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        String secret = jenkins.script("""
                        import hudson.slaves.*
                        def agent = new DumbSlave('%s', '%s', new JNLPLauncher())
                        agent.numExecutors = 2
                        agent.labelString = '%s'
                        Jenkins.get().addNode(agent)
                        print Jenkins.get().getComputer('%s').jnlpMac
                        """.formatted(name, folder, name, name)).strip();
        Path jar = folder.resolve("agent.jar");
        try (InputStream input =
                jenkins.url().resolve("jnlpJars/agent.jar").toURL().openStream()) {
            Files.copy(input, jar, StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> command = new ArrayList<>(List.of(ChildProcess.java(), "-Xmx256m", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString(), "-url", jenkins.url().toString(), "-name", name));
        command.addAll(List.of("-secret", secret, "-webSocket", "-workDir", folder.toString()));
        RunningAgent agent = new RunningAgent(ChildProcess.start(command, folder, folder.resolve("log-of-test")));
        try {
            agent.waitUntilOnline(jenkins, name);
            return agent;
        } catch (IOException | InterruptedException | RuntimeException e) {
            agent.close();
            throw e;
        }
    }

    private void waitUntilOnline(RunningJenkins jenkins, String name) throws IOException, InterruptedException {
        Instant limit = Instant.now().plus(LIMIT);
        while (Instant.now().isBefore(limit)) {
            if (jenkins.script("print Jenkins.get().getComputer('" + name + "').online")
                    .strip()
                    .equals("true")) {
                return;
            }
            if (!process.isAlive()) {
                break;
            }
            Thread.sleep(200);
        }
        throw new IOException("The agent did not connect:\n" + process.log());
    }

    public ProcessHandle handle() {
        return process.handle();
    }

    public String log() throws IOException {
        return process.log();
    }

    /** Ends it as a lost machine does. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }
}
