package io.jenkins.plugins.provenbackup.jenkins.home;

import io.jenkins.plugins.provenbackup.jenkins.access.BootMode;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that boots a home, and the private directory that it works in. */
final class BootCommand {

    private final BootRequest request;
    private final Path room;

    BootCommand(BootRequest request, Path room) {
        this.request = request;
        this.room = room;
    }

    /** Where the booted Jenkins puts its report. */
    Path report() {
        return room.resolve("report");
    }

    /** What is run, once what it needs is there. */
    List<String> prepare() throws IOException {
        Path temporary = Files.createDirectory(room.resolve("tmp"));
        Path user = Files.createDirectory(room.resolve("user"));
        Path guard = copyGuard();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xms64m");
        command.add("-Xmx" + request.heap() + "m");
        command.add("-XX:+UseSerialGC");
        // What a war's manifest opens for java -jar.
        for (String opened : List.of("java.lang", "java.io", "java.util")) {
            command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        command.add("-Djava.awt.headless=true");
        command.add("-Djava.io.tmpdir=" + temporary);
        command.add("-Duser.home=" + user);
        command.add("-Djava.util.prefs.userRoot=" + user);
        command.add("-DJENKINS_HOME=" + request.home());
        command.add("-D" + BootMode.REPORT + "=" + report());
        command.add("-Djenkins.install.runSetupWizard=false");
        command.add("-Dhudson.model.UpdateCenter.never=true");
        command.add("-Dhudson.model.DownloadService.never=true");
        command.add("-Dhudson.model.UsageStatistics.disabled=true");
        command.add("-Djenkins.model.Jenkins.slaveAgentPort=-1");
        command.add("-Djenkins.model.Jenkins.slaveAgentPortEnforce=true");
        command.add("-Dhudson.util.ProcessTree.disable=true");
        command.add("-Dhudson.lifecycle=hudson.lifecycle.ExitLifecycle");
        command.add("-cp");
        command.add(guard + File.pathSeparator + request.war());
        command.add(BootGuard.class.getName());
        command.add(String.valueOf(request.timeout().toSeconds()));
        // No web server at all: the report is a file.
        command.add("--httpPort=-1");
        command.add("--webroot=" + room.resolve("war"));
        command.add("--enable-future-java");
        return command;
    }

    /** That class alone: the rest of the plugin must come from the plugin, not from the class path. */
    private Path copyGuard() throws IOException {
        Path root = room.resolve("guard");
        String name = BootGuard.class.getName().replace('.', '/') + ".class";
        Path target = root.resolve(name);
        Files.createDirectories(target.getParent());
        try (InputStream in = BootGuard.class.getResourceAsStream(BootGuard.class.getSimpleName() + ".class")) {
            if (in == null) {
                throw new IOException("the plugin's own class " + BootGuard.class.getName() + " is missing");
            }
            Files.copy(in, target);
        }
        return root;
    }
}
