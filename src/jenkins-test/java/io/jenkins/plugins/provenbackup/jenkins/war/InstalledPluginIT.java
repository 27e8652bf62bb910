package io.jenkins.plugins.provenbackup.jenkins.war;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The package that the default build made, installed in a real Jenkins beside an older Bouncy Castle. */
class InstalledPluginIT {

    @TempDir
    static Path folder;

    private static RunningJenkins jenkins;

    @BeforeAll
    static void start() throws Exception {
        jenkins = RunningJenkins.at(folder.resolve("home"))
                .withPlugins("proven-backup", "bouncycastle-api", "instance-identity")
                .start();
    }

    @AfterAll
    static void stop() {
        if (jenkins != null) {
            jenkins.close();
        }
    }

    @Test
    void loadsWithoutComplaint() throws Exception {
        assertThat(jenkins.script("""
                        def plugins = Jenkins.get().pluginManager
                        println plugins.getPlugin('proven-backup').active
                        println plugins.failedPlugins.collect { it.name + ': ' + it.cause }
                        """).lines()).containsExactly("true", "[]");
        assertThat(jenkins.log()).doesNotContain("SEVERE", "ClassNotFoundException", "NoClassDefFoundError");
    }

    @Test
    void saysThatMailNeedsMailer() throws Exception {
        assertThat(jenkins.script("""
                        def type = 'io.jenkins.plugins.provenbackup.jenkins.dashboard.AlertConfiguration'
                        def alerts = Jenkins.get().getDescriptor(
                                Jenkins.get().pluginManager.uberClassLoader.loadClass(type))
                        println alerts.doCheckMailRecipients('ops@example.org').message
                        """)).contains("The Mailer plugin is not installed");
    }

    @Test
    void bringsItsOwnBouncyCastle() throws Exception {
        assertThat(jenkins.script("""
                        def loader = Jenkins.get().pluginManager.getPlugin('proven-backup').classLoader
                        def hpke = loader.loadClass('org.bouncycastle.crypto.hpke.HPKE')
                        println hpke.classLoader == loader
                        println hpke.fields*.name.contains('kem_X_WING')
                        println Jenkins.get().pluginManager.getPlugin('bouncycastle-api').version.startsWith('2.30.1.83')
                        println java.security.Security.providers.any { it.getClass().classLoader == loader }
                        """).lines()).containsExactly("true", "true", "true", "false");
    }
}
