package io.jenkins.plugins.provenbackup.jenkins.home;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** How a booted Jenkins, which has no network, tells its parent what it found: a file, there as a whole or not at all. */
final class BootReportFile {

    private static final String JOB = "job.";
    private static final String PLUGIN = "plugin.";
    private static final String PROBLEM = "problem.";

    private BootReportFile() {}

    static void write(Path file, BootReport report) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("version", report.getVersion());
        properties.setProperty("readyMillis", String.valueOf(report.getReadyMillis()));
        properties.setProperty("builds", String.valueOf(report.getBuilds()));
        put(properties, JOB, report.getJobs());
        put(properties, PLUGIN, report.getPlugins());
        put(properties, PROBLEM, report.getProblems());
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        try (Writer out = Files.newBufferedWriter(draft)) {
            properties.store(out, null);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Empty while there is none. */
    static Optional<BootReport> read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
            return Optional.of(new BootReport(
                    properties.getProperty("version", ""),
                    Long.parseLong(properties.getProperty("readyMillis", "0")),
                    false,
                    list(properties, JOB),
                    Long.parseLong(properties.getProperty("builds", "0")),
                    list(properties, PLUGIN),
                    list(properties, PROBLEM)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new IOException("the report of the booted Jenkins is damaged", e);
        }
    }

    private static void put(Properties properties, String prefix, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            properties.setProperty(prefix + i, values.get(i));
        }
    }

    private static List<String> list(Properties properties, String prefix) {
        List<String> values = new ArrayList<>();
        for (String value = properties.getProperty(prefix + 0);
                value != null;
                value = properties.getProperty(prefix + values.size())) {
            values.add(value);
        }
        return values;
    }
}
