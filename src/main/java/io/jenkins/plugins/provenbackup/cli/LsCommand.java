package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.browse.Ls;
import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "ls", sortOptions = false, description = "List what is in a snapshot.")
final class LsCommand implements Callable<Integer> {

    private final Context context;

    @Parameters(index = "0", paramLabel = "SNAPSHOT", description = "The snapshot.")
    private String snapshot;

    @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", description = "Only this path and all below it.")
    private String path = "";

    @Option(
            names = {"-l", "--long"},
            description = "With mode, owner, size and time.")
    private boolean isLong;

    @Option(names = "--depth", paramLabel = "N", description = "So many levels below PATH.")
    private int depth = Integer.MAX_VALUE;

    LsCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        EntryPath within = Paths.entry(path);
        try (OpenRepository repository = new Opening(context).repository()) {
            Snapshot found = repository.snapshot(snapshot);
            Ls.Request request = new Ls.Request(found.manifest(), within, depth);
            if (context.output().isJson()) {
                Map<String, Object> head = new LinkedHashMap<>();
                head.put("snapshot", found.id().hex());
                JsonDocument document = context.output().openDocument().begin(head, "entries");
                Ls.run(request, repository.replicas(), repository.key(), entry -> document.item(EntryText.json(entry)));
                document.end(Map.of());
            } else {
                Ls.run(request, repository.replicas(), repository.key(), this::show);
            }
        }
        return ExitStatus.DONE.code();
    }

    private void show(Entry entry) {
        context.output().line(isLong ? EntryText.line(entry) : EntryText.name(entry));
    }
}
