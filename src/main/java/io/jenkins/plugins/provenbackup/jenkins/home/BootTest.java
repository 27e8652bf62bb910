package io.jenkins.plugins.provenbackup.jenkins.home;

import io.jenkins.plugins.provenbackup.engine.recovery.Scratch;
import io.jenkins.plugins.provenbackup.engine.source.home.NeutralHome;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Pattern;

/**
 * Boots a restored home in a process of its own, cut off from the world, and asks it what it loaded. The copy is made harmless
 * first; whatever happens, the process has ended afterwards and its private directory is deleted. For one thread, whose
 * interrupt ends it.
 */
public final class BootTest {

    private static final Pattern OWN_PLUGIN = Pattern.compile("proven-backup\\.[hj]p[il](\\..*)?");

    private BootTest() {}

    /**
     * Boots.
     *
     * @return what became of it; that it did not boot is in there, too
     * @throws IOException when it could not be tried: the network cannot be cut off, or there is no room
     * @throws InterruptedException when the thread was interrupted
     */
    public static BootReport run(BootRequest request) throws IOException, InterruptedException {
        Isolation isolation = Isolation.find(request.need());
        Scratch scratch = Scratch.in(request.scratch());
        try {
            try {
                NeutralHome.make(request.home());
            } catch (IOException e) {
                return BootReport.failed(
                        "the copy could not be made harmless: " + e.getMessage(), isolation.isCutOff());
            }
            replacePlugin(request.home(), request.plugin());
            BootCommand command = new BootCommand(request, scratch.directory());
            try (BootProcess process = BootProcess.start(isolation.command(command.prepare()), request)) {
                return process.await(command.report()).in(isolation);
            }
        } finally {
            scratch.delete().ifPresent(request.log());
        }
    }

    private static void replacePlugin(Path home, Path plugin) throws IOException {
        Path plugins = Files.createDirectories(home.resolve("plugins"));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(plugins)) {
            for (Path file : files) {
                if (OWN_PLUGIN.matcher(file.getFileName().toString()).matches()) {
                    Files.delete(file);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Files.copy(plugin, plugins.resolve("proven-backup.jpi"), StandardCopyOption.REPLACE_EXISTING);
    }
}
