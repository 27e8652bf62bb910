package io.jenkins.plugins.provenbackup.testing;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.target.Action;
import io.jenkins.plugins.provenbackup.engine.target.LimitationCounts;
import io.jenkins.plugins.provenbackup.engine.target.LinkOutcome;
import io.jenkins.plugins.provenbackup.engine.target.OpenFile;
import io.jenkins.plugins.provenbackup.engine.target.Overwrite;
import io.jenkins.plugins.provenbackup.engine.target.Ownership;
import io.jenkins.plugins.provenbackup.engine.target.RestoreOptions;
import io.jenkins.plugins.provenbackup.engine.target.RestoreTarget;
import io.jenkins.plugins.provenbackup.engine.target.TargetException;
import io.jenkins.plugins.provenbackup.engine.target.Unlisted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Restores a tree straight from another one, in the order that a restore from a repository has. */
public final class TreeCopier {

    private static final int ZEROS = 64 * 1024;

    private final Path from;
    private final RestoreTarget target;
    private final List<String> problems = new ArrayList<>();
    private final List<Action.Kind> actions = new ArrayList<>();

    private TreeCopier(Path from, RestoreTarget target) {
        this.from = from;
        this.target = target;
    }

    /** What happened: messages of failures, and what was done with each entry. */
    public record Report(List<String> problems, List<Action.Kind> actions) {}

    public static Report copy(Path from, RestoreTarget target) throws IOException, InterruptedException {
        return copy(from, TreeReader.read(from), target, 2);
    }

    /** Copies these nodes, the contents of files from a tree that may be another one than the nodes'. */
    public static Report copy(Path from, List<Node> nodes, RestoreTarget target, int threads)
            throws IOException, InterruptedException {
        TreeCopier copier = new TreeCopier(from, target);
        copier.run(nodes, threads);
        return new Report(copier.problems, copier.actions);
    }

    /** Copies a directory in a Java machine of its own; prints problems and limits. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        LimitationCounts limits = new LimitationCounts();
        RestoreOptions options = new RestoreOptions(Overwrite.IF_CHANGED, Ownership.RESTORE, Unlisted.KEEP, limits);
        int threads = Integer.getInteger("threads", 2);
        List<Node> nodes = TreeReader.read(Path.of(arguments[0]));
        long start = System.nanoTime();
        try (RestoreTarget target = RestoreTarget.open(Path.of(arguments[1]), options)) {
            copy(Path.of(arguments[0]), nodes, target, threads).problems().forEach(System.out::println);
        }
        System.out.println("seconds " + (System.nanoTime() - start) / 1e9);
        limits.tallies().forEach((kind, tally) -> System.out.println(kind + " " + tally.count() + " " + tally.first()));
    }

    private void run(List<Node> nodes, int threads) throws InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        List<Future<?>> pending = new ArrayList<>();
        Map<Long, EntryPath> firsts = new HashMap<>();
        List<Node> links = new ArrayList<>();
        try {
            for (Node node : nodes) {
                long group = node.metadata().linkGroup();
                if (group != 0 && firsts.putIfAbsent(group, node.path()) != null) {
                    links.add(node);
                } else {
                    attempt(() -> begin(node, workers, pending));
                }
            }
            for (Future<?> one : pending) {
                attempt(() -> await(one));
            }
        } finally {
            workers.shutdownNow();
        }
        links.forEach(
                node -> attempt(() -> link(node, firsts.get(node.metadata().linkGroup()))));
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            if (node.type() == EntryType.DIRECTORY) {
                attempt(() -> target.finishDirectory(node));
            }
        }
    }

    private void begin(Node node, ExecutorService workers, List<Future<?>> pending) throws IOException {
        Action action = target.plan(node);
        actions.add(action.kind());
        if (action.kind() == Action.Kind.REFUSE) {
            problems.add(node.path() + ": " + action.reason());
        }
        if (node.type() == EntryType.DIRECTORY) {
            target.directory(node);
        } else if (action.kind() == Action.Kind.UPDATE_METADATA) {
            target.updateMetadata(node);
        } else if (action.writes() && node.type() == EntryType.SYMLINK) {
            target.symlink(node);
        } else if (action.writes()) {
            pending.add(workers.submit(() -> {
                write(node);
                return null;
            }));
        }
    }

    private void link(Node node, EntryPath first) throws IOException {
        Action action = target.planHardLink(node, first);
        actions.add(action.kind());
        if (action.writes() && target.hardLink(node, first) == LinkOutcome.COPY_NEEDED) {
            write(node);
        }
    }

    private void write(Node node) throws IOException {
        byte[] buffer = new byte[ZEROS];
        byte[] zeros = new byte[ZEROS];
        try (InputStream in = Files.newInputStream(RawNames.resolve(from, node.path()));
                OpenFile file = target.file(node)) {
            for (int n = in.readNBytes(buffer, 0, ZEROS); n > 0; n = in.readNBytes(buffer, 0, ZEROS)) {
                if (n == ZEROS && Arrays.equals(buffer, zeros)) {
                    file.hole(n);
                } else {
                    file.write(buffer, 0, n);
                }
            }
            file.finish();
        }
    }

    private static void await(Future<?> one) throws IOException {
        try {
            one.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @FunctionalInterface
    private interface Attempt {
        void run() throws IOException;
    }

    private void attempt(Attempt attempt) {
        try {
            attempt.run();
        } catch (TargetException e) {
            problems.add(e.getMessage());
        } catch (IOException e) {
            problems.add(e.toString());
        }
    }
}
