import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Lays out the plugins that the tests run with, as Jenkins' test harness looks for them: a folder with their {@code .hpi}
 * files and an {@code index} of their names. They are the plugins on the test class path; the file of each lies beside its
 * jar in the local repository, or is fetched by Maven into that place.
 */
final class CollectPlugins {

    private CollectPlugins() {}

    /** Arguments: the folder, the test class path, and the plugin's own dependencies as {@code name:version,...}. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Map<String, Path> plugins = new TreeMap<>();
        Map<String, String> versions = new TreeMap<>();
        for (String entry : arguments[1].split(File.pathSeparator)) {
            Attributes manifest = entry.endsWith(".jar") ? manifestOf(Path.of(entry)) : new Attributes();
            String name = manifest.getValue("Short-Name");
            if (name != null) {
                plugins.put(name, packageOf(Path.of(entry), manifest));
                versions.put(name, manifest.getValue("Plugin-Version").split(" ")[0]);
            }
        }
        compare(arguments[2], versions);
        deleteFilesIn(folder);
        Files.createDirectories(folder);
        for (Map.Entry<String, Path> plugin : plugins.entrySet()) {
            Files.copy(plugin.getValue(), folder.resolve(plugin.getKey() + ".hpi"), REPLACE_EXISTING);
        }
        Files.write(folder.resolve("index"), plugins.keySet());
    }

    /** What the manifest of the plugin will ask for must be what it is compiled and tested with. */
    private static void compare(String dependencies, Map<String, String> versions) {
        for (String dependency : dependencies.split(",")) {
            String[] parts = dependency.split("[:;]");
            if (!parts[1].equals(versions.get(parts[0]))) {
                throw new IllegalStateException("pom.xml asks for " + parts[0] + " " + parts[1]
                        + " in hpi.dependencies, but Jenkins' bill of materials has " + versions.get(parts[0]) + ".");
            }
        }
    }

    private static Attributes manifestOf(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            return manifest == null ? new Attributes() : manifest.getMainAttributes();
        }
    }

    private static Path packageOf(Path jar, Attributes manifest) throws Exception {
        String name = jar.getFileName().toString();
        Path plugin = jar.resolveSibling(name.substring(0, name.length() - "jar".length()) + "hpi");
        if (!Files.exists(plugin)) {
            fetch(String.join(
                    ":",
                    manifest.getValue("Group-Id"),
                    manifest.getValue("Short-Name"),
                    jar.getParent().getFileName().toString(),
                    "hpi"));
        }
        return plugin;
    }

    private static void fetch(String artifact) throws Exception {
        List<String> command =
                new ArrayList<>(Arrays.asList("mvn", "-B", "-q", "dependency:get", "-Dtransitive=false"));
        command.add("-DremoteRepositories=https://repo.jenkins-ci.org/public/");
        command.add("-Dartifact=" + artifact);
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException("Maven could not fetch " + artifact + ".");
        }
    }

    private static void deleteFilesIn(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (var files = Files.list(folder)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Files.delete(file);
                }
            }
        }
    }
}
