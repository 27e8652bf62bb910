package io.jenkins.plugins.provenbackup.engine.source.home;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** The jobs and builds that lie in a home, as its files tell. */
public final class HomeContents {

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,9}");

    private HomeContents() {}

    /** The directories of all jobs, folders and branches, outer ones first; links are not followed. */
    public static List<Path> jobs(Path home) throws IOException {
        List<Path> jobs = new ArrayList<>();
        addJobs(home.resolve("jobs"), jobs);
        return jobs;
    }

    private static void addJobs(Path container, List<Path> jobs) throws IOException {
        for (Path job : children(container)) {
            if (Files.isRegularFile(job.resolve("config.xml"), LinkOption.NOFOLLOW_LINKS)) {
                jobs.add(job);
            }
            addJobs(job.resolve("jobs"), jobs);
            addJobs(job.resolve("branches"), jobs);
        }
    }

    /** The directories of a job's builds that were written, the newest first; links are not followed. */
    public static List<Path> builds(Path job) throws IOException {
        List<Path> builds = new ArrayList<>();
        for (Path build : children(job.resolve("builds"))) {
            if (NUMBER.matcher(build.getFileName().toString()).matches()
                    && Files.isRegularFile(build.resolve("build.xml"), LinkOption.NOFOLLOW_LINKS)) {
                builds.add(build);
            }
        }
        builds.sort(Comparator.comparingLong(HomeContents::number).reversed());
        return builds;
    }

    /**
     * Marks the builds of a job that was restored as aborted that were under way when it was backed up, or Jenkins would go on with
     * them.
     *
     * @return how many
     */
    public static int endBuilds(Path job) throws IOException {
        UnfinishedBuilds unfinished = new UnfinishedBuilds();
        int ended = 0;
        for (Path build : builds(job)) {
            if (unfinished.isRunning(build)) {
                AbortedBuild.mark(build.resolve("build.xml"));
                ended++;
            }
        }
        return ended;
    }

    /** The number of a build that {@link #builds} found. */
    public static long number(Path build) {
        return Long.parseLong(build.getFileName().toString());
    }

    /** Directories in a directory; none where it is none. */
    static List<Path> children(Path directory) throws IOException {
        List<Path> children = new ArrayList<>();
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return children;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory)) {
            for (Path child : found) {
                if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                    children.add(child);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        children.sort(Comparator.naturalOrder());
        return children;
    }
}
