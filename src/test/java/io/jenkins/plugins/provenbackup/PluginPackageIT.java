package io.jenkins.plugins.provenbackup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** What is in the package for Jenkins and in the command line, and what must not be. */
class PluginPackageIT {

    private static final File HPI =
            Path.of(System.getProperty("proven-backup.hpi")).toFile();
    private static final File COMMAND_LINE =
            Path.of(System.getProperty("proven-backup.jar")).toFile();
    private static final String OWN_JAR = "WEB-INF/lib/proven-backup.jar";
    private static final String PACKAGES = "io/jenkins/plugins/provenbackup/";

    @Test
    void manifestTellsJenkinsWhatThePluginNeeds() throws IOException {
        Attributes manifest = manifest();
        assertThat(manifest.getValue("Short-Name")).isEqualTo("proven-backup");
        assertThat(manifest.getValue("Plugin-Version")).isNotBlank();
        assertThat(manifest.getValue("Jenkins-Version")).isEqualTo("2.541.3");
        assertThat(manifest.getValue("Minimum-Java-Version")).isEqualTo("17");
        assertThat(manifest.getValue("Mask-Classes").split(" ", -1)).contains("org.bouncycastle.", "software.amazon.");
        assertThat(manifest.getValue("Plugin-Dependencies").split(",", -1))
                .allMatch(one -> one.matches("[a-z-]+:[\\w.-]+(;resolution:=optional)?"))
                .filteredOn(one -> one.endsWith(";resolution:=optional"))
                .extracting(one -> one.substring(0, one.indexOf(':')))
                .as("what it works without")
                .containsExactly("mailer", "prometheus");
    }

    /** Without these two Jenkins' class filter rejects what agents send. */
    @Test
    void ownJarSaysWhosePluginItIs() throws IOException {
        try (JarInputStream own = new JarInputStream(new ByteArrayInputStream(contentOf(OWN_JAR)))) {
            Attributes manifest = own.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Short-Name")).isEqualTo("proven-backup");
            assertThat(manifest.getValue("Plugin-Version")).isEqualTo(manifest().getValue("Plugin-Version"));
        }
    }

    @Test
    void bringsNothingThatJenkinsBrings() throws IOException {
        assertThat(namesIn(HPI))
                .noneMatch(
                        name -> name.matches(
                                "WEB-INF/lib/(commons-(codec|io|logging)|jna|slf4j-|jcl-|picocli|sezpoz|localizer|jakarta|spring|stapler).*"))
                .contains("META-INF/proven-backup/LICENSE.md", "META-INF/proven-backup/THIRD-PARTY.md");
    }

    @Test
    void holdsNoClassOfJenkinsAndNotTheCommandLine() throws IOException {
        assertThat(namesInOwnJar())
                .filteredOn(name -> name.endsWith(".class"))
                .isNotEmpty()
                .allMatch(name -> name.startsWith(PACKAGES))
                .noneMatch(name -> name.startsWith(PACKAGES + "cli/"));
    }

    @Test
    void namesItsExtensions() throws IOException {
        assertThat(namesInOwnJar())
                .contains(
                        "META-INF/annotations/hudson.Extension", "META-INF/services/annotations/org.jenkinsci.Symbol");
    }

    @Test
    void commandLineHoldsNothingOfThePlugin() throws IOException {
        assertThat(namesIn(COMMAND_LINE))
                .noneMatch(name -> name.startsWith(PACKAGES + "jenkins/"))
                .noneMatch(name -> name.startsWith("META-INF/annotations") || name.endsWith(".jelly"));
    }

    private static Attributes manifest() throws IOException {
        try (JarFile file = new JarFile(HPI)) {
            return file.getManifest().getMainAttributes();
        }
    }

    private static List<String> namesIn(File file) throws IOException {
        try (JarFile jar = new JarFile(file)) {
            return jar.stream().map(ZipEntry::getName).toList();
        }
    }

    private static List<String> namesInOwnJar() throws IOException {
        List<String> names = new ArrayList<>();
        try (ZipInputStream own = new ZipInputStream(new ByteArrayInputStream(contentOf(OWN_JAR)))) {
            for (ZipEntry entry = own.getNextEntry(); entry != null; entry = own.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    private static byte[] contentOf(String name) throws IOException {
        try (JarFile jar = new JarFile(HPI)) {
            return jar.getInputStream(jar.getEntry(name)).readAllBytes();
        }
    }
}
