package io.jenkins.plugins.provenbackup.jenkins.metrics;

import hudson.model.FreeStyleProject;
import hudson.model.ItemGroup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The record of a build with a backup, a recovery test and a restore, as release 1.0.0 saved it. */
final class SavedBuild {

    private SavedBuild() {}

    /** Puts it in place of a build's own. */
    static void put(FreeStyleProject job, int number) throws IOException {
        Path build = Files.createDirectories(job.getBuildDir().toPath().resolve(Integer.toString(number)));
        try (InputStream saved = Objects.requireNonNull(SavedBuild.class.getResourceAsStream("build-of-1.0.0.xml"))) {
            Files.copy(saved, build.resolve("build.xml"));
        }
    }

    /** A job whose builds 1 to this number are all this one, read as after a restart. */
    static FreeStyleProject job(ItemGroup<?> parent, FreeStyleProject job, int builds) throws IOException {
        for (int number = 1; number <= builds; number++) {
            put(job, number);
        }
        job.updateNextBuildNumber(builds + 1);
        job.doReload();
        return (FreeStyleProject) Objects.requireNonNull(parent.getItem(job.getName()));
    }
}
