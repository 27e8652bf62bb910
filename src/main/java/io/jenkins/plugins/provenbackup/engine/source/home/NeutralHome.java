package io.jenkins.plugins.provenbackup.engine.source.home;

import io.jenkins.plugins.provenbackup.engine.files.TreeDeletion;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Set;

/**
 * Makes a restored copy of a home harmless, so that it can be booted beside the Jenkins that it was taken of: nothing in it begins
 * to build, connects to an agent or a cloud, or leads out of the copy. Only ever for a copy, which is deleted afterwards. For
 * one thread, whose interrupt ends it.
 */
public final class NeutralHome {

    /** What begins work, or listens, when Jenkins starts. */
    private static final Set<String> REMOVED = Set.of(
            "queue.xml",
            "queue.xml.bak",
            "org.jenkinsci.plugins.workflow.flow.FlowExecutionList.xml",
            "org.jenkinsci.main.modules.sshd.SSHD.xml",
            "init.groovy.d",
            "nodes",
            "casc_configs");

    private final Path home;

    private NeutralHome(Path home) {
        this.home = home;
    }

    /**
     * Changes a copy.
     *
     * @param home the copy
     * @throws IOException when something cannot be changed, or its {@code config.xml} cannot be understood: then it must not be
     *     booted
     */
    public static void make(Path home) throws IOException, InterruptedException {
        NeutralHome neutral = new NeutralHome(home.toRealPath());
        // Before all else, for what is written next must not be written through a link.
        neutral.cutLinks();
        neutral.removeWhatBeginsWork();
        NeutralConfiguration.make(neutral.home.resolve("config.xml"));
        neutral.endBuilds();
    }

    private void cutLinks() throws IOException, InterruptedException {
        Files.walkFileTree(home, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isSymbolicLink() && !staysInside(file, Files.readSymbolicLink(file))) {
                    Files.delete(file);
                }
                return Thread.currentThread().isInterrupted() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }
        });
        checkInterrupt();
    }

    /** Every link is looked at by itself, so it is enough to follow it by name: those on its way stay inside, too. */
    private boolean staysInside(Path link, Path target) {
        boolean hasGoneDown = false;
        for (Path name : target) {
            boolean isUp = name.toString().equals("..");
            // Back up after a name that may be a link itself: what that means cannot be told from the names.
            if (isUp && hasGoneDown) {
                return false;
            }
            hasGoneDown |= !isUp;
        }
        Path end = link.resolveSibling(target).normalize();
        return !target.isAbsolute() && end.startsWith(home);
    }

    private void removeWhatBeginsWork() throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(home)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString().toLowerCase(Locale.ROOT);
                boolean isHook = name.endsWith(".groovy") || name.endsWith(".yaml") || name.endsWith(".yml");
                if (isHook || REMOVED.contains(entry.getFileName().toString())) {
                    TreeDeletion.run(entry);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private void endBuilds() throws IOException, InterruptedException {
        for (Path job : HomeContents.jobs(home)) {
            checkInterrupt();
            HomeContents.endBuilds(job);
        }
    }

    private static void checkInterrupt() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("making the copy harmless was cancelled");
        }
    }
}
