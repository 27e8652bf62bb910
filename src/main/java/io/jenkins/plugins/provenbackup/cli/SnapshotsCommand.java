package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "snapshots", sortOptions = false, description = "List the snapshots, and which destination has them.")
final class SnapshotsCommand implements Callable<Integer> {

    private final Context context;

    @Option(names = "--source", paramLabel = "NAME", description = "Only of this source.")
    private String source;

    @Option(names = "--tag", paramLabel = "K=V", description = "Only with this tag, or with any value when only K.")
    private List<String> tags = new ArrayList<>();

    SnapshotsCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        TagFilter filter = TagFilter.parse(tags);
        try (OpenRepository repository = new Opening(context).repository()) {
            SnapshotList list = repository.snapshots();
            List<Snapshot> shown = list.snapshots().stream()
                    .filter(snapshot ->
                            source == null || source.equals(snapshot.manifest().source()))
                    .filter(snapshot -> filter.matches(snapshot.manifest().tags()))
                    .toList();
            if (context.output().isJson()) {
                context.output().document(json(repository, list, shown));
            } else {
                show(list, shown);
            }
        }
        return ExitStatus.DONE.code();
    }

    private static Map<String, Object> json(OpenRepository repository, SnapshotList list, List<Snapshot> shown) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("repository", repository.destinations().id().hex());
        document.put(
                "destinations", list.replicas().stream().map(Replica::location).toList());
        document.put("unreachable", repository.destinations().unreachable());
        document.put("snapshots", shown.stream().map(SnapshotText::json).toList());
        document.put(
                "broken",
                list.broken().stream()
                        .map(broken -> Map.of("object", broken.object(), "problem", broken.problem()))
                        .toList());
        document.put(
                "removedWithoutForget",
                list.removed().stream()
                        .map(removed -> Map.of(
                                "id", removed.id().hex(),
                                "source", removed.source(),
                                "follower", removed.follower().hex()))
                        .toList());
        return document;
    }

    private void show(SnapshotList list, List<Snapshot> shown) {
        Output output = context.output();
        if (shown.isEmpty()) {
            output.line(list.snapshots().isEmpty() ? "no snapshots yet" : "no snapshots that fit");
            return;
        }
        List<String> locations = list.replicas().stream().map(Replica::location).toList();
        boolean isTagged =
                shown.stream().anyMatch(snapshot -> !snapshot.manifest().tags().isEmpty());
        List<String> headings =
                new ArrayList<>(List.of("ID", "TIME", "SOURCE", "KIND", ">FILES", ">SIZE", ">ADDED", "COPIES"));
        if (isTagged) {
            headings.add("TAGS");
        }
        Table table = new Table(headings.toArray(String[]::new));
        for (Snapshot snapshot : shown) {
            table.row(cells(snapshot, locations, isTagged));
        }
        table.print(output);
        if (locations.size() > 1) {
            output.line("");
            for (int i = 0; i < locations.size(); i++) {
                output.line(output.style().faint("copy " + (i + 1) + ": " + locations.get(i)));
            }
        }
    }

    private String[] cells(Snapshot snapshot, List<String> locations, boolean isTagged) {
        var manifest = snapshot.manifest();
        String copies = SnapshotText.copies(snapshot, locations);
        Style style = context.output().style();
        List<String> cells = new ArrayList<>(List.of(
                manifest.id().brief(),
                Figures.time(manifest.start()),
                Plain.text(manifest.source()),
                SnapshotText.kind(manifest.kind()),
                Figures.count(manifest.totals().files()),
                Figures.size(manifest.totals().bytes()),
                Figures.size(manifest.totals().bytesStored()),
                copies.contains("-") ? style.caution(copies) : copies));
        if (isTagged) {
            cells.add(Plain.text(SnapshotText.tags(manifest.tags())));
        }
        return cells.stream().map(Objects::requireNonNull).toArray(String[]::new);
    }
}
