package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import hudson.model.Job;
import io.jenkins.plugins.provenbackup.engine.source.home.HomeContents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** Gives a job the builds that it had: never over a number that is there, and no later build gets one of theirs. */
final class JobBuilds {

    private JobBuilds() {}

    /** What {@link #add} did: builds that were put there, those that were under way among them, and those that were there already. */
    record Added(int builds, int aborted, int kept) {}

    /**
     * Puts the builds of a restored job's directory in their places. The job does not know of them before it is loaded again.
     *
     * @param restored the job's directory in a staged tree
     */
    static Added add(Job<?, ?> job, Path restored) throws IOException {
        Path place = job.getBuildDir().toPath();
        int aborted = HomeContents.endBuilds(restored);
        List<Path> builds = HomeContents.builds(restored);
        // First of all the number, so that what begins to build meanwhile takes none of these.
        int next = nextBuildNumber(restored.resolve("nextBuildNumber"));
        if (!builds.isEmpty()) {
            next = Math.max(next, Math.toIntExact(HomeContents.number(builds.get(0)) + 1));
        }
        if (next > job.getNextBuildNumber()) {
            job.updateNextBuildNumber(next);
        }
        int added = 0;
        for (Path build : builds) {
            Path there = place.resolve(build.getFileName().toString());
            if (!Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
                MovedFiles.move(build, there);
                added++;
            }
        }
        return new Added(added, aborted, builds.size() - added);
    }

    private static int nextBuildNumber(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > 20) {
            return 0;
        }
        try {
            return Integer.parseInt(
                    Files.readString(file, StandardCharsets.ISO_8859_1).strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
