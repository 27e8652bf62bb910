package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.snapshots.ForgetByPolicy;
import io.jenkins.plugins.provenbackup.engine.snapshots.ForgetRequest;
import io.jenkins.plugins.provenbackup.engine.snapshots.ForgetResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Forgets at each destination of a policy what its rules do not keep there; other sources are left alone. */
final class PolicyForget {

    private final Context context;
    private final ForgetRequest.Mode mode;

    PolicyForget(Context context, ForgetRequest.Mode mode) {
        this.context = context;
        this.mode = mode;
    }

    ExitStatus run(Path file, Consumer<ForgetResult> table) throws IOException, InterruptedException {
        Policy policy = OpenPolicy.read(context, file);
        Output output = context.output();
        try (OpenPolicy open = OpenPolicy.open(context, policy)) {
            ExitStatus status = open.destinations().unreachable().isEmpty() ? ExitStatus.DONE : ExitStatus.INCOMPLETE;
            List<Map<String, Object>> documents = new ArrayList<>();
            for (Policy.Destination destination : policy.destinations()) {
                Replica replica = open.destinations().reached().get(destination.name());
                if (replica == null || destination.retention().isEmpty()) {
                    continue;
                }
                ForgetResult result = ForgetByPolicy.run(
                        policy,
                        destination,
                        replica,
                        open.repository().key(),
                        Whoami.of(context).toString(),
                        mode,
                        context.clock());
                result.failures().forEach((location, reason) -> output.warning(location + ": " + reason));
                status = result.failures().isEmpty() ? status : ExitStatus.INCOMPLETE;
                if (output.isJson()) {
                    documents.add(json(destination, replica, result));
                } else {
                    output.line(output.style().heading(Plain.text(destination.name())) + "  " + replica.location());
                    table.accept(result);
                    output.line("");
                }
            }
            if (output.isJson()) {
                Map<String, Object> json = new LinkedHashMap<>();
                json.put("policy", policy.name());
                json.put("dryRun", mode == ForgetRequest.Mode.DRY_RUN);
                json.put("destinations", documents);
                json.put("unreachable", open.destinations().unreachable());
                output.document(json);
            }
            return status;
        }
    }

    private static Map<String, Object> json(Policy.Destination destination, Replica replica, ForgetResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("destination", destination.name());
        json.put("location", replica.location());
        json.put("forgotten", result.forgotten());
        json.put(
                "decisions",
                result.decisions().stream().map(ForgetCommand::json).toList());
        json.put("failures", result.failures());
        return json;
    }
}
