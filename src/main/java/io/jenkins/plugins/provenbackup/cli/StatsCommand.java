package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.browse.Stats;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "stats",
        sortOptions = false,
        description = "Tell what each destination holds, and what each source takes.")
final class StatsCommand implements Callable<Integer> {

    private final Context context;

    StatsCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (OpenRepository repository = new Opening(context).repository()) {
            Stats.Result result = Stats.run(repository.snapshots());
            if (context.output().isJson()) {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("repository", repository.destinations().id().hex());
                document.put(
                        "destinations",
                        result.destinations().stream().map(StatsCommand::json).toList());
                document.put("unreachable", repository.destinations().unreachable());
                document.put(
                        "sources",
                        result.sources().stream().map(StatsCommand::json).toList());
                context.output().document(document);
            } else {
                show(result);
            }
        }
        return ExitStatus.DONE.code();
    }

    private void show(Stats.Result result) {
        Table places = new Table(
                "DESTINATION", ">SNAPSHOTS", ">COMPLETE", ">ARCHIVES", ">SIZE", ">CATALOGS", ">SIZE", ">TOTAL");
        for (Stats.Destination one : result.destinations()) {
            places.row(
                    one.location(),
                    Figures.count(one.snapshots()),
                    Figures.count(one.complete()),
                    Figures.count(one.archives()),
                    Figures.size(one.archiveBytes()),
                    Figures.count(one.catalogs()),
                    Figures.size(one.catalogBytes()),
                    Figures.size(one.archiveBytes() + one.catalogBytes()));
        }
        places.print(context.output());
        if (result.sources().isEmpty()) {
            return;
        }
        context.output().line("");
        Table sources =
                new Table("SOURCE", ">SNAPSHOTS", "OLDEST", "NEWEST", ">FILES", ">SIZE", ">ALL SNAPSHOTS", ">STORED");
        for (Stats.Source one : result.sources()) {
            sources.row(
                    Plain.text(one.name()),
                    Figures.count(one.snapshots()),
                    Figures.time(one.oldest()),
                    Figures.time(one.newest()),
                    Figures.count(one.files()),
                    Figures.size(one.bytes()),
                    Figures.size(one.totalBytes()),
                    Figures.size(one.storedBytes()));
        }
        sources.print(context.output());
    }

    private static Map<String, Object> json(Stats.Destination one) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("location", one.location());
        json.put("snapshots", one.snapshots());
        json.put("complete", one.complete());
        json.put("archives", one.archives());
        json.put("archiveBytes", one.archiveBytes());
        json.put("catalogs", one.catalogs());
        json.put("catalogBytes", one.catalogBytes());
        return json;
    }

    private static Map<String, Object> json(Stats.Source one) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", one.name());
        json.put("snapshots", one.snapshots());
        json.put("oldest", one.oldest().toString());
        json.put("newest", one.newest().toString());
        json.put("files", one.files());
        json.put("bytes", one.bytes());
        json.put("totalBytes", one.totalBytes());
        json.put("storedBytes", one.storedBytes());
        return json;
    }
}
