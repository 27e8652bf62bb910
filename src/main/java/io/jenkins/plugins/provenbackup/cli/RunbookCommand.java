package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.compliance.CheckPolicy;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.policy.runbook.Document;
import io.jenkins.plugins.provenbackup.engine.policy.runbook.Runbook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "runbook",
        sortOptions = false,
        description =
                "Write the procedure to recover: what is protected, where the copies are, who is to be called, and the"
                        + " commands.",
        footer = {
            "",
            "The runbook names sources and paths: print it, or keep it where only those read it who may. The same text"
                    + " without these is kept as RECOVERY.md at every destination, and brought up to date by this command."
        })
final class RunbookCommand implements Callable<Integer> {

    private final Context context;

    @Option(
            names = {"-f", "--policy"},
            required = true,
            paramLabel = "POLICY.yaml",
            description = "The policy.")
    private Path file;

    @Option(names = "--format", paramLabel = "FORMAT", description = "markdown (default) or html.")
    private String format = "markdown";

    @Option(names = "--output", paramLabel = "FILE", description = "Write it there instead of to standard output.")
    private Path target;

    @Option(names = "--offline", description = "By the policy alone: look at no destination, and write to none.")
    private boolean offline;

    RunbookCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!format.equals("markdown") && !format.equals("html")) {
            throw new UsageException("--format is markdown or html, not '" + format + "'.");
        }
        Policy policy = OpenPolicy.read(context, file);
        if (offline) {
            write(policy, Optional.empty());
            return ExitStatus.DONE.code();
        }
        try (OpenPolicy open = OpenPolicy.open(context, policy)) {
            CheckPolicy.Result result = CheckPolicy.run(
                    policy, open.destinations(), open.repository().key(), Set.of(), context.clock());
            result.problems().forEach(problem -> context.output().warning(problem));
            write(policy, Optional.of(new Runbook.Seen(result.facts(), result.compliance())));
            new RecoveryPages(context).keep(policy, open.destinations(), result.facts());
            boolean isEverywhere = open.destinations().unreachable().isEmpty();
            return (isEverywhere ? ExitStatus.DONE : ExitStatus.INCOMPLETE).code();
        }
    }

    private void write(Policy policy, Optional<Runbook.Seen> seen) throws IOException {
        Document document = Runbook.of(policy, seen, context.clock().instant(), RecoveryPages.tool());
        String text = format.equals("html") ? document.html() : document.markdown();
        if (target != null) {
            Files.writeString(target, text, StandardCharsets.UTF_8);
        }
        Output output = context.output();
        if (output.isJson()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("policy", policy.name());
            json.put("format", format);
            json.put("file", target == null ? null : target.toString());
            json.put("text", target == null ? text : null);
            output.document(json);
        } else if (target == null) {
            output.line(text.stripTrailing());
        } else {
            output.line("wrote the runbook of " + Plain.text(policy.name()) + " to " + target);
        }
    }
}
