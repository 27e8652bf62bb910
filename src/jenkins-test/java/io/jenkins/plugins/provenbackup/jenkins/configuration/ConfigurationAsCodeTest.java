package io.jenkins.plugins.provenbackup.jenkins.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Items;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The configuration as code, both ways. */
@WithJenkins
class ConfigurationAsCodeTest {

    @TempDir
    private Path directory;

    @Test
    void fileOfAnAdministratorIsTaken(JenkinsRule jenkins) throws Exception {
        ConfigurationAsCode.get()
                .configure(getClass().getResource("proven-backup.yaml").toString());

        BackupPolicy policy = ProvenBackupConfiguration.get().policy("shop-db").orElseThrow();
        assertThat(policy.getSources()).hasExactlyElementsOfTypes(CommandSource.class, WorkspaceSource.class);
        assertThat(policy.getDestinations())
                .extracting(PolicyDestination::getDaily)
                .containsExactly(14);
        assertThat(ProvenBackupConfiguration.get().toPolicy(policy).objectives().rto())
                .hasValue(java.time.Duration.ofMinutes(30));
        assertThat(ProvenBackupConfiguration.get().keysOf(List.of("nas")).getName())
                .isEqualTo("main");
    }

    @Test
    void whatIsExportedIsTakenAgain(JenkinsRule jenkins) throws Exception {
        FullConfiguration.set();
        String before = xml();
        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);
        String text = exported.toString(StandardCharsets.UTF_8);
        String ours = text.substring(text.indexOf("  provenBackup:"));
        ours = "unclassified:\n"
                + ours.lines()
                        .limit(1
                                + ours.lines()
                                        .skip(1)
                                        .takeWhile(line -> line.startsWith("    ") || line.isBlank())
                                        .count())
                        .reduce("", (all, line) -> all + line + "\n");
        ProvenBackupConfiguration.get().setPolicies(List.of());
        ProvenBackupConfiguration.get().setDestinations(List.of());
        ProvenBackupConfiguration.get().setKeys(List.of());

        ConfigurationAsCode.get()
                .configure(Files.writeString(directory.resolve("exported.yaml"), ours)
                        .toString());

        assertThat(xml()).isEqualTo(before);
        assertThat(text).doesNotContain(FullConfiguration.PASSWORD);
    }

    private static String xml() {
        ProvenBackupConfiguration now = ProvenBackupConfiguration.get();
        return Items.XSTREAM2.toXML(new ArrayList<>(List.of(now.getDestinations(), now.getKeys(), now.getPolicies())));
    }
}
