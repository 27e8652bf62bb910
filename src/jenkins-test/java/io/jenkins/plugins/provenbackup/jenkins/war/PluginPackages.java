package io.jenkins.plugins.provenbackup.jenkins.war;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;

/**
 * The packages of plugins that the build laid out for tests, and our own. The folder is named by the system property {@code
 * jenkins.plugins}, our package by {@code proven-backup.hpi}.
 */
final class PluginPackages {

    private static final String OURS = "proven-backup";

    private final Path folder;
    private final Path ours;

    PluginPackages() {
        this.folder = Path.of(required("jenkins.plugins"));
        this.ours = Path.of(required("proven-backup.hpi"));
    }

    static String required(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new IllegalStateException(
                    "The system property " + property + " is not set; mvn -Pjenkins verify does");
        }
        return value;
    }

    /** Copies the named plugins, with all that they need, into the folder of a JENKINS_HOME. */
    void install(Iterable<String> names, Path target) throws IOException {
        Files.createDirectories(target);
        Map<String, Path> chosen = new TreeMap<>();
        Deque<String> open = new ArrayDeque<>();
        names.forEach(open::add);
        while (!open.isEmpty()) {
            String name = open.remove();
            Path file = name.equals(OURS) ? ours : folder.resolve(name + ".hpi");
            if (chosen.putIfAbsent(name, file) == null) {
                addNeeded(file, open);
            }
        }
        for (Map.Entry<String, Path> plugin : chosen.entrySet()) {
            Files.copy(plugin.getValue(), target.resolve(plugin.getKey() + ".jpi"), REPLACE_EXISTING);
        }
    }

    private static void addNeeded(Path file, Deque<String> open) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            String dependencies = jar.getManifest().getMainAttributes().getValue("Plugin-Dependencies");
            if (dependencies == null) {
                return;
            }
            for (String dependency : dependencies.split(",", -1)) {
                if (!dependency.contains("resolution:=optional")) {
                    open.add(dependency.substring(0, dependency.indexOf(':')));
                }
            }
        }
    }
}
