package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.engine.snapshots.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "tag", sortOptions = false, description = "Set tags of a snapshot, or take them away.")
final class TagCommand implements Callable<Integer> {

    private final Context context;

    @Parameters(index = "0", paramLabel = "SNAPSHOT", description = "The snapshot.")
    private String snapshot;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "K=V",
            description = "K=V adds or replaces a tag, K= takes it away.")
    private List<String> tags = new ArrayList<>();

    TagCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        SortedMap<String, String> changes = TagFilter.tags(tags);
        try (OpenRepository repository = new Opening(context).repository()) {
            Snapshot found = repository.snapshot(snapshot);
            SortedMap<String, String> next = new TreeMap<>(found.manifest().tags());
            changes.forEach((key, value) -> {
                if (value.isEmpty()) {
                    next.remove(key);
                } else {
                    next.put(key, value);
                }
            });
            Tag.Result result = Tag.run(found, next, repository.key());
            result.failures()
                    .forEach((location, reason) -> context.output().warning(location + " has the old tags: " + reason));
            show(result);
            boolean isEverywhere = result.failures().isEmpty()
                    && repository.destinations().unreachable().isEmpty();
            return (isEverywhere ? ExitStatus.DONE : ExitStatus.INCOMPLETE).code();
        }
    }

    private void show(Tag.Result result) {
        if (context.output().isJson()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("snapshot", result.manifest().id().hex());
            document.put("generation", result.manifest().generation());
            document.put("tags", new LinkedHashMap<>(result.manifest().tags()));
            document.put("failures", result.failures());
            context.output().document(document);
        } else {
            String shown = Plain.text(SnapshotText.tags(result.manifest().tags()));
            context.output()
                    .line("snapshot " + result.manifest().id().brief() + "  " + (shown.isEmpty() ? "no tags" : shown));
        }
    }
}
