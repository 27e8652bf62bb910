package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.browse.Diff;
import io.jenkins.plugins.provenbackup.engine.catalog.Difference;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotList;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotSelector;
import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "diff",
        sortOptions = false,
        description = "Compare two snapshots of a source.",
        footer = {
            "",
            "+ added   - removed   M content changed   T another type   U only mode, owner, time or attributes"
        })
final class DiffCommand implements Callable<Integer> {

    private final Context context;
    private final Map<Difference.Kind, Long> counts = new EnumMap<>(Difference.Kind.class);

    @Parameters(index = "0", paramLabel = "A", description = "The first snapshot.")
    private String first;

    @Parameters(index = "1", paramLabel = "B", description = "The second.")
    private String second;

    @Parameters(index = "2", arity = "0..1", paramLabel = "PATH", description = "Only this path and all below it.")
    private String path = "";

    DiffCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        EntryPath within = Paths.entry(path);
        try (OpenRepository repository = new Opening(context).repository()) {
            SnapshotList list = repository.snapshots();
            Snapshot a = SnapshotSelector.parse(first).in(list);
            Snapshot b = SnapshotSelector.parse(second).in(list);
            Diff.Request request = new Diff.Request(a.manifest(), b.manifest(), within);
            if (context.output().isJson()) {
                Map<String, Object> head = new LinkedHashMap<>();
                head.put("before", a.id().hex());
                head.put("after", b.id().hex());
                JsonDocument document = context.output().openDocument().begin(head, "differences");
                Diff.run(request, repository.replicas(), repository.key(), difference -> {
                    count(difference);
                    document.item(json(difference));
                });
                document.end(Map.of("counts", counts()));
            } else {
                Diff.run(request, repository.replicas(), repository.key(), this::show);
                summary();
            }
        }
        return ExitStatus.DONE.code();
    }

    private void count(Difference difference) {
        counts.merge(difference.kind(), 1L, Long::sum);
    }

    private Map<String, Object> counts() {
        Map<String, Object> all = new LinkedHashMap<>();
        for (Difference.Kind kind : Difference.Kind.values()) {
            all.put(kind.name().toLowerCase(Locale.ROOT), counts.getOrDefault(kind, 0L));
        }
        return all;
    }

    private void show(Difference difference) {
        count(difference);
        Style style = context.output().style();
        String sign = switch (difference.kind()) {
            case ADDED -> style.good("+");
            case REMOVED -> style.bad("-");
            case TYPE -> style.caution("T");
            case CONTENT -> style.caution("M");
            case METADATA -> "U";
        };
        context.output()
                .line(sign + "  "
                        + EntryText.name(
                                difference.after().or(difference::before).orElseThrow()));
    }

    private void summary() {
        if (counts.isEmpty()) {
            context.output().line("no differences");
            return;
        }
        context.output().line("");
        context.output()
                .line(counts().entrySet().stream()
                        .filter(entry -> !entry.getValue().equals(0L))
                        .map(entry -> Figures.count((Long) entry.getValue()) + " " + entry.getKey())
                        .reduce((a, b) -> a + ", " + b)
                        .orElse(""));
    }

    private static Map<String, Object> json(Difference difference) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", difference.path().toString());
        json.put("kind", difference.kind().name().toLowerCase(Locale.ROOT));
        json.put(
                "sizeBefore",
                difference.before().map(entry -> entry.node().size()).orElse(null));
        json.put(
                "sizeAfter",
                difference.after().map(entry -> entry.node().size()).orElse(null));
        return json;
    }
}
