package io.jenkins.plugins.provenbackup.engine.source.home;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.source.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An administrator can have builds kept outside of the home. A backup without builds must not be a surprise. */
final class BuildsElsewhere {

    private static final Pattern BUILDS = Pattern.compile("(?m)^ {2}<buildsDir>([^<]*)</buildsDir>\\r?$");
    private static final Pattern INSIDE = Pattern.compile("\\$\\{(ITEM_ROOTDIR|JENKINS_HOME)}/.*");

    private BuildsElsewhere() {}

    static Optional<Problem> in(Path home) {
        String text;
        try {
            text = Files.readString(home.resolve("config.xml"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // Reported when its turn comes.
            return Optional.empty();
        }
        Matcher builds = BUILDS.matcher(text);
        if (!builds.find() || INSIDE.matcher(builds.group(1)).matches()) {
            return Optional.empty();
        }
        return Optional.of(new Problem(
                EntryPath.of("config.xml".getBytes(StandardCharsets.US_ASCII)),
                Problem.Kind.LIES_ELSEWHERE,
                "builds are kept in '" + builds.group(1)
                        + "', as config.xml says, and are not in this backup: back"
                        + " them up as a source of their own, and switch the section builds off here"));
    }
}
