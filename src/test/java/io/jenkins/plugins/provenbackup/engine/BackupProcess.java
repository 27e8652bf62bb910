package io.jenkins.plugins.provenbackup.engine;

import io.jenkins.plugins.provenbackup.engine.archive.BlockParameters;
import io.jenkins.plugins.provenbackup.engine.backup.BackupRequest;
import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.prune.PruneRequest;
import io.jenkins.plugins.provenbackup.engine.replicate.Replicate;
import io.jenkins.plugins.provenbackup.engine.replicate.ReplicateRequest;
import io.jenkins.plugins.provenbackup.engine.replicate.ReplicateResult;
import io.jenkins.plugins.provenbackup.engine.replicate.Target;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.NewRepository;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreResult;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.target.Overwrite;
import io.jenkins.plugins.provenbackup.engine.target.Unlisted;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A backup or restore in a Java machine of its own, which a test may kill. */
final class BackupProcess {

    /** What a process says when its own work begins. */
    static final String BEGINS = "begins";

    /** What a process says just before it puts its manifest. */
    static final String COMMITS = "commits";

    private BackupProcess() {}

    /**
     * Starts {@code backup KEY TREE SOURCE MILLISECONDS-PER-ARCHIVE DESTINATION...}, {@code restore KEY TARGET DESTINATION} or {@code
     * replicate FROM TO MILLISECONDS-PER-ARCHIVE}.
     */
    static Process start(String heap, Path output, List<String> arguments) throws IOException {
        return start(List.of(), classPath(), heap, output, arguments);
    }

    /** The same behind a prefix such as {@code setpriv}, with the classes somewhere else. */
    static Process start(List<String> prefix, String classPath, String heap, Path output, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                BackupProcess.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** A copy of all classes, for a user who may not read the build's. */
    static String copyOfClasses(Path directory) throws IOException, InterruptedException {
        List<String> copies = new ArrayList<>();
        for (String entry : classPath().split(File.pathSeparator, -1)) {
            if (new File(entry).exists()) {
                Path copy = directory.resolve(copies.size() + "-" + new File(entry).getName());
                int status = new ProcessBuilder("cp", "-rL", entry, copy.toString())
                        .inheritIO()
                        .start()
                        .waitFor();
                if (status != 0) {
                    throw new IOException("cannot copy " + entry);
                }
                copies.add(copy.toString());
            }
        }
        return String.join(File.pathSeparator, copies);
    }

    /** Runs one operation; the exit status tells whether it succeeded. */
    public static void main(String[] arguments) throws Exception {
        List<String> rest = List.of(arguments);
        switch (rest.get(0)) {
            case "backup" -> backup(rest.subList(1, rest.size()));
            case "replicate" -> replicate(rest.subList(1, rest.size()));
            case "restore" -> restore(rest.subList(1, rest.size()));
            case "slow-commit" -> slowCommit(rest.subList(1, rest.size()));
            case "prune" -> prune(Gardener.SMALL, rest.subList(1, rest.size()));
            case "repack" -> prune(Gardener.SMALL_BLOCKS, rest.subList(1, rest.size()));
            default -> throw new IllegalArgumentException(rest.get(0));
        }
    }

    private static void backup(List<String> arguments) throws Exception {
        long pause = Long.parseLong(arguments.get(3));
        List<Storage> storages = new ArrayList<>();
        for (String destination : arguments.subList(4, arguments.size())) {
            Storage local = Laboratory.local(Path.of(destination));
            storages.add(
                    pause == 0
                            ? local
                            : FaultyStorage.over(local)
                                    .on(FaultyStorage.Verb.PUT)
                                    .named("archives/")
                                    .stall(Duration.ofMillis(pause)));
        }
        try (Laboratory laboratory = Laboratory.open(Path.of(arguments.get(0)), storages)) {
            laboratory.tune(laboratory
                    .tuning()
                    .withBlocks(new BlockParameters(256 << 10, 256 << 10, 1 << 20, 5))
                    .withCheckpoints(1 << 20, Duration.ofMillis(200)));
            BackupRequest request =
                    laboratory.request(arguments.get(2), Path.of(arguments.get(1)), SnapshotKind.INCREMENTAL);
            System.out.println(BEGINS);
            BackupResult result = laboratory.backup(request);
            System.out.println("snapshot " + result.snapshot().orElseThrow().hex() + " copies " + result.copies()
                    + " problems " + result.problems());
            if (result.isIncomplete()) {
                System.exit(3);
            }
        }
    }

    /** {@code slow-commit KEY TREE FILE-WITH-HOURS-PASSED DESTINATION}: waits a while before it puts the manifest's twin. */
    private static void slowCommit(List<String> arguments) throws Exception {
        Path offset = Path.of(arguments.get(2));
        Storage storage = FaultyStorage.over(Laboratory.local(Path.of(arguments.get(3))))
                .on(FaultyStorage.Verb.PUT)
                .named("catalogs/")
                .call(2)
                .first(() -> {
                    System.out.println(COMMITS);
                    try {
                        Thread.sleep(3000);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        try (Laboratory laboratory = Laboratory.open(Path.of(arguments.get(0)), List.of(storage))) {
            laboratory.clock(new Clock() {
                @Override
                public Instant instant() {
                    try {
                        return Instant.now().plus(Duration.ofHours(Long.parseLong(Files.readString(offset))));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }

                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }
            });
            BackupResult result = laboratory.backup(
                    laboratory.request(Laboratory.SOURCE, Path.of(arguments.get(1)), SnapshotKind.INCREMENTAL));
            System.out.println("snapshot " + result.snapshot() + " " + result.destinations());
            if (result.isIncomplete()) {
                System.exit(3);
            }
        }
    }

    /** {@code prune|repack KEY MILLISECONDS-PER-CALL SPOOL DESTINATION...}. */
    private static void prune(PruneRequest.Compacting compacting, List<String> arguments) throws Exception {
        Duration pause = Duration.ofMillis(Long.parseLong(arguments.get(1)));
        List<Storage> storages = new ArrayList<>();
        for (String destination : arguments.subList(3, arguments.size())) {
            storages.add(FaultyStorage.over(Laboratory.local(Path.of(destination)))
                    .on(FaultyStorage.Verb.PUT, FaultyStorage.Verb.DELETE)
                    .stall(pause));
        }
        try (Laboratory laboratory = Laboratory.open(Path.of(arguments.get(0)), storages)) {
            Gardener gardener = new Gardener(laboratory, Clock.systemUTC(), Path.of(arguments.get(2)));
            System.out.println(BEGINS);
            System.out.println(gardener.prune(gardener.request(compacting)));
        }
    }

    private static void replicate(List<String> arguments) throws Exception {
        Duration pause = Duration.ofMillis(Long.parseLong(arguments.get(2)));
        Storage to = FaultyStorage.over(Laboratory.local(Path.of(arguments.get(1))))
                .on(FaultyStorage.Verb.PUT)
                .named("archives/")
                .stall(pause);
        try (Replica from = Replica.open(Laboratory.local(Path.of(arguments.get(0))))) {
            Replica target =
                    to.size(Layout.REPOSITORY).isPresent() ? Replica.open(to) : NewRepository.createLike(from, to);
            System.out.println(BEGINS);
            ReplicateResult result = Replicate.run(
                    ReplicateRequest.all(List.of(from), Target.of(target), ReplicateRequest.Mode.WRITE),
                    ProgressListener.NONE);
            System.out.println(result.state() + " objects " + result.objects() + " " + result.reason());
        }
    }

    private static void restore(List<String> arguments) throws Exception {
        try (Laboratory laboratory =
                Laboratory.open(Path.of(arguments.get(0)), List.of(Laboratory.local(Path.of(arguments.get(2)))))) {
            var snapshots = laboratory.snapshots(0);
            RestoreResult result = laboratory.restore(
                    snapshots.get(snapshots.size() - 1).id(),
                    Path.of(arguments.get(1)),
                    Overwrite.ALWAYS,
                    Unlisted.KEEP);
            System.out.println("files " + result.files() + " failures " + result.failures());
            if (result.isIncomplete()) {
                System.exit(3);
            }
        }
    }
}
