package io.jenkins.plugins.provenbackup.jenkins.schedule;

import hudson.XmlFile;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyFolders;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The runs of one policy on disk: a directory for each with {@code run.xml}, which is replaced as a whole, and {@code log}. Thread-safe. */
final class RunFolder {

    private static final Logger LOGGER = Logger.getLogger(RunFolder.class.getName());

    /** A year of weekly tests, or three months of nights. */
    private static final int MOST = 100;

    private static final String RECORD = "run.xml";
    private static final String LOG = "log";

    private final Path directory;
    private final String policy;
    /** The newest first; null before the directory was read. Never changed, only replaced. */
    private List<PolicyRun> runs;

    RunFolder(Path root, String policy) {
        this.directory = root.resolve(PolicyFolders.nameOf(policy));
        this.policy = policy;
    }

    synchronized List<PolicyRun> runs() {
        if (runs == null) {
            runs = read();
        }
        return runs;
    }

    /** Adds a run of the next number. */
    synchronized PolicyRun add(IntFunction<PolicyRun> made) throws IOException {
        Files.createDirectories(directory);
        int number = runs().isEmpty() ? 1 : runs().get(0).getNumber() + 1;
        while (!isNew(number)) {
            number++;
        }
        PolicyRun run = made.apply(number);
        save(run);
        List<PolicyRun> more = new ArrayList<>(runs());
        more.add(0, run);
        runs = List.copyOf(more);
        removeOld();
        return run;
    }

    /** Takes a number, unless one whose record cannot be read has it. */
    private boolean isNew(int number) throws IOException {
        try {
            Files.createDirectory(directory.resolve(String.valueOf(number)));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    void save(PolicyRun run) throws IOException {
        file(run.getNumber()).write(run);
    }

    Path log(int number) {
        return directory.resolve(String.valueOf(number)).resolve(LOG);
    }

    private XmlFile file(int number) {
        return new XmlFile(
                directory.resolve(String.valueOf(number)).resolve(RECORD).toFile());
    }

    private List<PolicyRun> read() {
        List<PolicyRun> found = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "[0-9]*")) {
            for (Path one : all) {
                try {
                    Object run =
                            file(Integer.parseInt(one.getFileName().toString())).read();
                    if (run instanceof PolicyRun kept && kept.getPolicy().equals(policy)) {
                        found.add(kept);
                    }
                } catch (IOException | NumberFormatException e) {
                    LOGGER.log(Level.WARNING, e, () -> "The record of a run cannot be read: " + one);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOGGER.log(Level.WARNING, e, () -> "The records of runs cannot be read: " + directory);
        }
        found.sort(Comparator.comparingInt(PolicyRun::getNumber).reversed());
        return List.copyOf(found);
    }

    private void removeOld() {
        List<PolicyRun> kept = new ArrayList<>();
        Set<RunKind> seen = EnumSet.noneOf(RunKind.class);
        for (PolicyRun run : runs) {
            boolean isNewestOfKind = !run.isRunning() && seen.add(run.getKind());
            if (kept.size() < MOST || run.isRunning() || isNewestOfKind) {
                kept.add(run);
            } else {
                remove(directory.resolve(String.valueOf(run.getNumber())));
            }
        }
        runs = List.copyOf(kept);
    }

    private static void remove(Path run) {
        try {
            Files.deleteIfExists(run.resolve(RECORD));
            Files.deleteIfExists(run.resolve(LOG));
            Files.deleteIfExists(run);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The record of an old run cannot be deleted: " + run);
        }
    }
}
