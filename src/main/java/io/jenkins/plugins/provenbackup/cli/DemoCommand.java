package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.files.TreeDeletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        sortOptions = false,
        description =
                "Show the main job on copies of this machine's own Java: back up, change, damage, restore, repair.")
final class DemoCommand implements Callable<Integer> {

    private final Context context;

    @Option(names = "--keep", paramLabel = "DIR", description = "Work in this new directory, and leave it.")
    private Path kept;

    @Option(names = "--size", paramLabel = "MIB", description = "How much to back up. Default: 100.")
    private int mebibytes = 100;

    DemoCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (context.options().isJson()) {
            throw new UsageException("demo is for people: leave out --json.");
        }
        if (mebibytes < 1) {
            throw new UsageException("--size is at least 1.");
        }
        if (kept != null) {
            Files.createDirectory(kept);
            Demo demo = new Demo(context, kept.toRealPath(), (long) mebibytes << 20);
            ExitStatus status = demo.run();
            context.output().line("Everything is left in " + kept + "; the passphrase is in " + Demo.PASSWORD + ".");
            return status.code();
        }
        Path temporary = Files.createDirectory(Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "proven-backup-demo-" + ProcessHandle.current().pid()))
                .toRealPath();
        try {
            return new Demo(context, temporary, (long) mebibytes << 20).run().code();
        } finally {
            TreeDeletion.run(temporary);
        }
    }
}
