package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.repository.HoldRecords;
import io.jenkins.plugins.provenbackup.engine.snapshots.Holds;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotList;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotSelector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code hold} and {@code release} have in common. */
abstract class HoldCommand implements Callable<Integer> {

    @Command(
            name = "hold",
            sortOptions = false,
            description = "Keep snapshots whatever the rules say, at every -r, until they are released.")
    static final class Hold extends HoldCommand {
        Hold(Context context) {
            super(context, true);
        }
    }

    @Command(name = "release", sortOptions = false, description = "Let go of snapshots that are held, at every -r.")
    static final class Release extends HoldCommand {
        Release(Context context) {
            super(context, false);
        }
    }

    private final Context context;
    private final boolean isHold;

    @Parameters(arity = "1..*", paramLabel = "SNAPSHOT", description = "Which.")
    private List<String> snapshots = new ArrayList<>();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for those who find it later.")
    private String reason = "";

    HoldCommand(Context context, boolean isHold) {
        this.context = context;
        this.isHold = isHold;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (OpenRepository repository = new Opening(context).repository()) {
            SnapshotList list = repository.snapshots();
            List<Snapshot> chosen = new ArrayList<>();
            for (String text : snapshots) {
                chosen.add(SnapshotSelector.parse(text).in(list));
            }
            HoldRecords.Hold hold = new HoldRecords.Hold(
                    isHold,
                    reason,
                    Whoami.of(context).toString(),
                    context.clock().instant());
            List<Holds.Result> results = new ArrayList<>();
            for (Snapshot snapshot : chosen) {
                Holds.Result result = Holds.put(snapshot, list, hold, repository.key());
                result.failures().forEach((location, why) -> context.output().warning(location + ": " + why));
                results.add(result);
            }
            show(results);
            boolean isEverywhere =
                    results.stream().allMatch(result -> result.failures().isEmpty())
                            && repository.destinations().unreachable().isEmpty();
            return (isEverywhere ? ExitStatus.DONE : ExitStatus.INCOMPLETE).code();
        }
    }

    private void show(List<Holds.Result> results) {
        Output output = context.output();
        if (output.isJson()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("held", isHold);
            document.put("snapshots", results.stream().map(HoldCommand::json).toList());
            output.document(document);
            return;
        }
        for (Holds.Result result : results) {
            String already = isHold ? "is held already" : "is not held";
            output.line("snapshot " + result.snapshot().id().brief() + " of "
                    + Plain.text(result.snapshot().manifest().source()) + " "
                    + (result.changed() ? isHold ? "is held now" : "is released" : already));
        }
    }

    private static Map<String, Object> json(Holds.Result result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", result.snapshot().id().hex());
        json.put("source", result.snapshot().manifest().source());
        json.put("changed", result.changed());
        json.put("failures", result.failures());
        return json;
    }
}
