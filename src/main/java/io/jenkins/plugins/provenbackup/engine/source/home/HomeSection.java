package io.jenkins.plugins.provenbackup.engine.source.home;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A part of a JENKINS_HOME that can be left out. Together they are everything that is worth keeping. */
public enum HomeSection {
    /** The controller's own settings, and whatever else lies in the home that this program does not know. */
    CONFIGURATION,
    /** Jobs and folders, without their builds. */
    JOBS,
    /** Builds with their logs and artifacts, and the fingerprints of files that builds made. */
    BUILDS,
    /** The keys that encrypt credentials, without which a restored Jenkins cannot read any, and those of the account that it runs as. */
    SECRETS,
    /** Installed plugins. */
    PLUGINS,
    /** Accounts with their settings. */
    USERS,
    /** What is served below {@code /userContent}. */
    USER_CONTENT,
    /** Agents. */
    NODES;

    /** As users write it: {@code userContent}. */
    public String label() {
        return this == USER_CONTENT ? "userContent" : name().toLowerCase(Locale.ROOT);
    }

    /**
     * The sections that a user means; upper and lower case are the same.
     *
     * @param labels none of them means all sections
     * @throws IllegalArgumentException when one is unknown, or builds are to be kept without the jobs that they lie in, in words
     *     for the user
     */
    public static Set<HomeSection> parse(Collection<String> labels) {
        if (labels.isEmpty()) {
            return EnumSet.allOf(HomeSection.class);
        }
        Set<HomeSection> sections = EnumSet.noneOf(HomeSection.class);
        for (String label : labels) {
            sections.add(of(label.strip()));
        }
        if (sections.contains(BUILDS) && !sections.contains(JOBS)) {
            throw new IllegalArgumentException(
                    "the section builds needs the section jobs, since builds lie in their jobs");
        }
        return sections;
    }

    private static HomeSection of(String label) {
        return Arrays.stream(values())
                .filter(section -> section.label().equalsIgnoreCase(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no section '" + label
                        + "' of a Jenkins home: use "
                        + Arrays.stream(values()).map(HomeSection::label).collect(Collectors.joining(", "))));
    }
}
