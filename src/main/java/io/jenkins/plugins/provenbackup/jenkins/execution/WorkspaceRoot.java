package io.jenkins.plugins.provenbackup.jenkins.execution;

import hudson.AbortException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** A workspace where it is: what a build names must lie in it, links resolved. */
final class WorkspaceRoot implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String directory;

    /**
     * Names it.
     *
     * @param directory absolute, on the machine where this is used
     */
    WorkspaceRoot(String directory) {
        this.directory = directory;
    }

    Path directory() {
        return Path.of(directory);
    }

    /**
     * Something in the workspace that is there.
     *
     * @throws AbortException when it is not there, or a link leads out of the workspace
     */
    Path existing(String relative) throws IOException {
        Path named = named(relative);
        if (!Files.exists(named)) {
            throw new AbortException("'" + relative + "' does not exist in the workspace " + directory + ".");
        }
        return requireInside(named.toRealPath(), relative);
    }

    /**
     * Somewhere in the workspace that may not be there yet.
     *
     * @throws AbortException when a link leads out of the workspace
     */
    Path target(String relative) throws IOException {
        Path named = named(relative);
        Path present = named;
        while (!Files.exists(present, LinkOption.NOFOLLOW_LINKS) && present.getParent() != null) {
            present = present.getParent();
        }
        requireInside(present.toRealPath(), relative);
        return named;
    }

    private Path named(String relative) throws IOException {
        Path root = Files.createDirectories(directory()).toRealPath();
        Path named = root.resolve(relative).normalize();
        return requireInside(named, relative);
    }

    private Path requireInside(Path path, String relative) throws IOException {
        if (!path.startsWith(directory().toRealPath())) {
            throw new AbortException("'" + relative + "' leads out of the workspace " + directory
                    + ". A step reads and writes its own workspace only; what lies elsewhere can be backed up by a"
                    + " policy that an administrator makes.");
        }
        return path;
    }
}
