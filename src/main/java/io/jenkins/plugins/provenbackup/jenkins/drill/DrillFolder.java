package io.jenkins.plugins.provenbackup.jenkins.drill;

import hudson.XmlFile;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyFolders;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillReport;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The reports of one policy's drills on disk, a file for each under its number. Thread-safe. */
final class DrillFolder {

    private static final Logger LOGGER = Logger.getLogger(DrillFolder.class.getName());

    /** Two years of weekly drills. */
    private static final int MOST = 100;

    private static final String END = ".xml";

    private final Path directory;
    private final String policy;
    /** The newest first; null before the directory was read. Never changed, only replaced. */
    private List<DrillReport> reports;

    DrillFolder(Path root, String policy) {
        this.directory = root.resolve(PolicyFolders.nameOf(policy));
        this.policy = policy;
    }

    synchronized List<DrillReport> reports() {
        if (reports == null) {
            reports = read();
        }
        return reports;
    }

    /** Keeps a report under the next number. */
    synchronized DrillReport add(IntFunction<DrillReport> made) throws IOException {
        Files.createDirectories(directory);
        int number = reports().isEmpty() ? 1 : reports().get(0).getNumber() + 1;
        while (!isNew(number)) {
            number++;
        }
        DrillReport report = made.apply(number);
        new XmlFile(file(number).toFile()).write(report);
        List<DrillReport> more = new ArrayList<>(reports());
        more.add(0, report);
        reports = List.copyOf(more.subList(0, Math.min(MOST, more.size())));
        more.subList(reports.size(), more.size()).forEach(this::remove);
        return report;
    }

    /** Takes a number, unless one whose report cannot be read has it. */
    private boolean isNew(int number) throws IOException {
        try {
            Files.createFile(file(number));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private Path file(int number) {
        return directory.resolve(number + END);
    }

    private List<DrillReport> read() {
        List<DrillReport> found = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "[0-9]*" + END)) {
            for (Path one : all) {
                try {
                    Object report = new XmlFile(one.toFile()).read();
                    if (report instanceof DrillReport kept && kept.getPolicy().equals(policy)) {
                        found.add(kept);
                    }
                } catch (IOException e) {
                    LOGGER.log(Level.WARNING, e, () -> "The report of a recovery drill cannot be read: " + one);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOGGER.log(Level.WARNING, e, () -> "The reports of recovery drills cannot be read: " + directory);
        }
        found.sort(Comparator.comparingInt(DrillReport::getNumber).reversed());
        return List.copyOf(found);
    }

    private void remove(DrillReport old) {
        try {
            Files.deleteIfExists(file(old.getNumber()));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The report of an old recovery drill cannot be deleted: " + old);
        }
    }
}
