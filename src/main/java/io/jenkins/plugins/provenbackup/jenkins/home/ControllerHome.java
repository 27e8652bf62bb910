package io.jenkins.plugins.provenbackup.jenkins.home;

import hudson.PluginWrapper;
import hudson.lifecycle.Lifecycle;
import io.jenkins.plugins.provenbackup.engine.source.Source;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import io.jenkins.plugins.provenbackup.engine.source.home.HomeSection;
import io.jenkins.plugins.provenbackup.engine.source.home.JenkinsHomeSource;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import jenkins.model.Jenkins;

/** The home of this Jenkins, while it runs: how it is backed up, and what boots a restored copy of it. */
public final class ControllerHome {

    private static final String PLUGIN = "proven-backup";

    private ControllerHome() {}

    /** Where it is. */
    public static Path directory() {
        return Jenkins.get().getRootDir().toPath();
    }

    /** How it is read; the builds that are under way are those of this moment, and what files say of later ones. */
    public static Source source(Set<HomeSection> sections, WalkOptions options) {
        return new JenkinsHomeSource(directory(), sections, RunsOfController.now(), options);
    }

    /**
     * How a restored copy is booted: by the war and the plugin that run here.
     *
     * @param tree the copy
     * @param scratch a directory for what the test needs
     * @throws IOException when one of them is not known, in words for the user
     */
    public static BootRequest boot(Path tree, Path scratch) throws IOException {
        return BootRequest.of(
                tree,
                scratch,
                war(),
                plugin(),
                ProvenBackupConfiguration.get().isBootWithoutIsolation()
                        ? Isolation.Need.WAIVED
                        : Isolation.Need.REQUIRED);
    }

    private static Path war() throws IOException {
        File war = Lifecycle.get().getHudsonWar();
        if (war == null || !war.isFile()) {
            throw new IOException(
                    "The restored home cannot be booted: this Jenkins does not know its own war file, which is so"
                            + " when it does not run by 'java -jar jenkins.war'.");
        }
        return war.toPath();
    }

    private static Path plugin() throws IOException {
        PluginWrapper running = Jenkins.get().getPluginManager().getPlugin(PLUGIN);
        Path plugins = Jenkins.get().getPluginManager().rootDir.toPath();
        for (String ending : new String[] {".jpi", ".hpi"}) {
            Path file = plugins.resolve(PLUGIN + ending);
            if (running != null && Files.isRegularFile(file)) {
                return file;
            }
        }
        throw new IOException(
                "The restored home cannot be booted: the file of this plugin is not among those in " + plugins);
    }
}
