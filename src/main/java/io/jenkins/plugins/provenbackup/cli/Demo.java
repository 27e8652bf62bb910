package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The main job, step by step, with real command lines: each runs as it would from a shell, and its exit status is checked,
 * so that a demo which ends well has proven what it shows.
 */
final class Demo {

    static final String PASSWORD = "passphrase.txt";

    private final Context context;
    private final Output output;
    private final Path home;
    private final long size;
    private final Table metrics = new Table("METRIC", ">VALUE");
    private int step;

    Demo(Context context, Path home, long size) {
        this.context = context;
        this.output = context.output();
        this.home = home;
        this.size = size;
    }

    ExitStatus run() throws IOException, InterruptedException {
        Path source = home.resolve("data");
        Path near = home.resolve("disk");
        Path far = home.resolve("offsite");
        Files.writeString(home.resolve(PASSWORD), "a passphrase for the demo\n");

        heading("Some data: part of this Java installation");
        long bytes = DemoFiles.collect(source, size);
        long files = DemoFiles.files(source).size();
        output.line("  " + Figures.count(files, "file") + ", " + Figures.size(bytes) + " in " + source);
        metric("data", Figures.count(files, "file") + ", " + Figures.size(bytes));

        heading("A repository with two destinations");
        command(ExitStatus.DONE, "init", "-r", "disk", "-r", "offsite");

        heading("A full backup: read, compressed and encrypted once, written to both");
        Duration full = command(ExitStatus.DONE, "backup", "-r", "disk", "-r", "offsite", "data");
        metric("full backup to two destinations", Figures.duration(full));
        metric("  rate", Figures.size((long) (bytes / seconds(full))) + "/s");
        long stored = DemoFiles.size(near);
        metric("  stored at each", Figures.size(stored) + String.format(Locale.ROOT, " (%d %%)", Math.round(100.0 * stored / bytes)));

        heading("A file changes, one is new, one is deleted; an incremental backup");
        DemoFiles.change(source);
        Duration incremental = command(ExitStatus.DONE, "backup", "-r", "disk", "-r", "offsite", "data");
        metric("incremental backup", Figures.duration(incremental));
        metric("  added at each", Figures.size(DemoFiles.size(near) - stored));
        command(ExitStatus.DONE, "snapshots", "-r", "disk", "-r", "offsite");

        heading("One destination rots: " + DemoFiles.damage(near));
        command(ExitStatus.DAMAGED, "verify", "-r", "disk", "-r", "offsite");

        heading("A restore all the same: what the first destination lacks comes from the second");
        restore("restored-with-damage", source, "disk", "offsite");
        output.line("  every byte and every time stamp is as it was");

        heading("Repair from the intact destination");
        command(ExitStatus.DONE, "verify", "-r", "disk", "-r", "offsite", "--repair");

        heading("Recovery test: the repaired destination alone, into an empty directory, every byte compared");
        Duration recovery = restore("recovery-test", source, "disk");
        metric("recovery time (RTO), measured", Figures.duration(recovery));
        metric("  rate", Figures.size((long) (bytes / seconds(recovery))) + "/s");
        Duration verification = command(ExitStatus.DONE, "verify", "-r", "disk", "--level", "restore");
        metric("every chunk of every snapshot proven", Figures.duration(verification));

        heading("What was measured");
        metrics.print(output);
        output.line("");
        output.line(output.style().good("Everything came back."));
        return ExitStatus.DONE;
    }

    private Duration restore(String target, Path source, String... destinations)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("restore"));
        for (String destination : destinations) {
            words.add("-r");
            words.add(destination);
        }
        words.addAll(List.of("latest", "--target", target));
        Duration duration = command(ExitStatus.DONE, words.toArray(String[]::new));
        String difference = DemoFiles.difference(source, home.resolve(target));
        if (!difference.isEmpty()) {
            throw new RefusedException("The restored tree is not what was backed up: " + difference);
        }
        return duration;
    }

    /** Runs a command with its paths below the demo's directory, and requires an exit status. */
    private Duration command(ExitStatus expected, String... words) throws RefusedException, InterruptedException {
        output.line(output.style().faint("  $ proven-backup ") + String.join(" ", words)
                + output.style().faint(" -p " + PASSWORD));
        context.surroundings().out().flush();
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < words.length; i++) {
            boolean isPath = i > 0 && (words[i - 1].equals("-r") || words[i - 1].equals("--target"))
                    || words[i].equals("data");
            arguments.add(isPath ? home.resolve(words[i]).toString() : words[i]);
        }
        arguments.addAll(List.of("-p", home.resolve(PASSWORD).toString()));
        Map<String, String> environment = new HashMap<>(context.surroundings().environment());
        environment.keySet().removeIf(name -> name.startsWith("PROVEN_BACKUP_"));
        environment.put("XDG_CACHE_HOME", home.resolve("cache").toString());
        Surroundings outer = context.surroundings();
        Surroundings surroundings = new Surroundings(
                outer.in(), outer.out(), outer.err(), environment, Optional.empty(), outer.display());
        long start = System.nanoTime();
        int status = CommandLineRun.run(arguments.toArray(String[]::new), surroundings);
        if (status == ExitStatus.CANCELLED.code()) {
            throw new InterruptedException();
        }
        if (status != expected.code()) {
            throw new RefusedException("The demo's command ended with status " + status + " instead of "
                    + expected.code() + ".");
        }
        Duration duration = Duration.ofNanos(System.nanoTime() - start);
        output.line(output.style().faint("  exit status " + status + ", " + Figures.duration(duration)));
        return duration;
    }

    private void heading(String text) {
        step++;
        output.line("");
        output.line(output.style().heading(step + ". " + text));
    }

    private void metric(String name, String value) {
        metrics.row(name, value);
    }

    private static double seconds(Duration duration) {
        return Math.max(1, duration.toMillis()) / 1000.0;
    }
}
