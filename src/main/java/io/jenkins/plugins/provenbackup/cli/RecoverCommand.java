package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.verify.Recover;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "recover",
        sortOptions = false,
        description = "Bring snapshots back whose manifests were lost, from what every -r keeps of them elsewhere.")
final class RecoverCommand implements Callable<Integer> {

    private final Context context;

    RecoverCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Recover.Result> results = new ArrayList<>();
        try (OpenRepository repository = new Opening(context).repository()) {
            for (Replica replica : repository.replicas()) {
                results.add(Recover.run(replica, repository.key(), context.progress()));
            }
            context.progress().close();
            show(results);
            boolean isIncomplete = !repository.destinations().unreachable().isEmpty()
                    || results.stream().anyMatch(result -> !result.incomplete().isEmpty());
            return (isIncomplete ? ExitStatus.INCOMPLETE : ExitStatus.DONE).code();
        }
    }

    private void show(List<Recover.Result> results) {
        Output output = context.output();
        if (output.isJson()) {
            output.document(Map.of(
                    "destinations", results.stream().map(RecoverCommand::json).toList()));
            return;
        }
        for (Recover.Result result : results) {
            output.line(output.style().heading(result.location()) + "  " + Figures.count(result.present())
                    + " were there, " + Figures.count(result.recovered().size()) + " recovered"
                    + (result.forgotten().isEmpty()
                            ? ""
                            : ", " + Figures.count(result.forgotten().size()) + " left out since they were forgotten"));
            result.recovered().forEach(id -> output.line("  recovered   " + id.brief()));
            result.incomplete()
                    .forEach(id -> output.line("  incomplete  " + id.brief()
                            + "  some of its archives or catalogs are not here: 'verify --repair' with the other -r"));
        }
    }

    private static Map<String, Object> json(Recover.Result result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("location", result.location());
        json.put("present", result.present());
        json.put("recovered", result.recovered().stream().map(SnapshotId::hex).toList());
        json.put("incomplete", result.incomplete().stream().map(SnapshotId::hex).toList());
        json.put("forgotten", result.forgotten().stream().map(SnapshotId::hex).toList());
        return json;
    }
}
