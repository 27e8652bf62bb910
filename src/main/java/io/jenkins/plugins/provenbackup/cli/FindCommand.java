package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.browse.Find;
import io.jenkins.plugins.provenbackup.engine.browse.PathPattern;
import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotList;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotSelector;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "find",
        sortOptions = false,
        description = "Find files by name in all snapshots.",
        footer = {
            "",
            "* and ? stay within a name, ** crosses directories. A pattern with a slash is compared with the whole path,"
                    + " one without with the name alone. Finding nothing is no error."
        })
final class FindCommand implements Callable<Integer> {

    private final Context context;

    @Parameters(index = "0", paramLabel = "PATTERN", description = "Like *.xml or jobs/*/config.xml.")
    private String pattern;

    @Option(
            names = {"-s", "--snapshot"},
            paramLabel = "SNAPSHOT",
            description = "Only in this snapshot.")
    private String snapshot;

    @Option(names = "--source", paramLabel = "NAME", description = "Only in snapshots of this source.")
    private String source;

    @Option(
            names = {"-i", "--ignore-case"},
            description = "Upper and lower case are the same.")
    private boolean ignoreCase;

    @Option(
            names = {"-l", "--long"},
            description = "With mode, owner, size and time.")
    private boolean isLong;

    private SnapshotId shown;

    FindCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PathPattern parsed = parse();
        try (OpenRepository repository = new Opening(context).repository()) {
            SnapshotList list = repository.snapshots();
            List<Snapshot> searched = snapshot == null
                    ? list.snapshots().stream()
                            .filter(one -> source == null
                                    || source.equals(one.manifest().source()))
                            .toList()
                    : List.of(SnapshotSelector.parse(snapshot).in(list));
            if (context.output().isJson()) {
                JsonDocument document = context.output().openDocument().begin(Map.of("pattern", pattern), "matches");
                Find.run(searched, parsed, repository.replicas(), repository.key(), (found, entry) -> {
                    Map<String, Object> item = new LinkedHashMap<>();
                    item.put("snapshot", found.id().hex());
                    item.putAll(EntryText.json(entry));
                    document.item(item);
                });
                document.end(Map.of("snapshotsSearched", searched.size()));
            } else {
                Find.run(searched, parsed, repository.replicas(), repository.key(), this::show);
            }
        }
        return ExitStatus.DONE.code();
    }

    private PathPattern parse() {
        try {
            return PathPattern.parse(pattern, ignoreCase ? PathPattern.Case.INSENSITIVE : PathPattern.Case.SENSITIVE);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private void show(Snapshot found, Entry entry) {
        Output output = context.output();
        if (!found.id().equals(shown)) {
            output.line((shown == null ? "" : "\n")
                    + output.style().heading("snapshot " + found.id().brief()) + "  "
                    + Figures.time(found.manifest().start()) + "  "
                    + Plain.text(found.manifest().source()));
            shown = found.id();
        }
        output.line(isLong ? EntryText.line(entry) : EntryText.name(entry));
    }
}
