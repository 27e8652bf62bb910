package io.jenkins.plugins.provenbackup.jenkins.home;

import hudson.PluginManager;
import hudson.PluginWrapper;
import hudson.model.Item;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.provenbackup.engine.source.home.HomeContents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;

/** Compares what a booted Jenkins loaded with the files of its home. */
final class LoadedHome {

    private static final int MOST_BUILDS_OF_A_JOB = 100;
    private static final int MOST_BUILDS = 5000;
    private static final int MOST_PROBLEMS = 50;

    private final Jenkins jenkins;
    private final Path home;
    private final List<String> problems = new ArrayList<>();
    private long builds;

    private LoadedHome(Jenkins jenkins) throws IOException {
        this.jenkins = jenkins;
        this.home = jenkins.getRootDir().toPath().toRealPath();
    }

    static LoadedHome of(Jenkins jenkins) throws IOException {
        return new LoadedHome(jenkins);
    }

    @SuppressWarnings("try") // closed to become the caller again
    BootReport report(long readyMillis) throws IOException {
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            List<String> plugins = plugins();
            Map<Path, Item> loaded = new LinkedHashMap<>();
            for (Item item : jenkins.getAllItems()) {
                loaded.put(item.getRootDir().toPath().toRealPath(), item);
            }
            for (Path job : HomeContents.jobs(home)) {
                Item item = loaded.get(job);
                if (item == null) {
                    problem("'" + home.relativize(job) + "' did not load");
                } else if (item instanceof Job<?, ?> built) {
                    builds(built, job);
                }
            }
            int unreadable = RestoredSecrets.unreadable(home.resolve("credentials.xml"));
            if (unreadable > 0) {
                problem(unreadable
                        + " secrets in credentials.xml cannot be decrypted: the section secrets is missing, or of"
                        + " another Jenkins");
            }
            return new BootReport(
                    Jenkins.VERSION,
                    readyMillis,
                    false,
                    loaded.values().stream().map(Item::getFullName).toList(),
                    builds,
                    plugins,
                    problems);
        }
    }

    private List<String> plugins() {
        List<String> plugins = new ArrayList<>();
        for (PluginWrapper plugin : jenkins.getPluginManager().getPlugins()) {
            if (plugin.isActive()) {
                plugins.add(plugin.getShortName() + " " + plugin.getVersion());
            }
        }
        for (PluginManager.FailedPlugin failed : jenkins.getPluginManager().getFailedPlugins()) {
            String reason = String.valueOf(failed.cause.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
            problem("the plugin " + failed.name + " did not load: " + reason);
        }
        return plugins;
    }

    private void builds(Job<?, ?> job, Path directory) throws IOException {
        List<Path> found = HomeContents.builds(directory);
        for (Path build : found.subList(0, Math.min(found.size(), MOST_BUILDS_OF_A_JOB))) {
            if (builds >= MOST_BUILDS) {
                return;
            }
            if (job.getBuildByNumber(Math.toIntExact(HomeContents.number(build))) == null) {
                problem("'" + home.relativize(build) + "' did not load");
            } else {
                builds++;
            }
        }
    }

    private void problem(String text) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(text);
        }
    }
}
