package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.compliance.CheckPolicy;
import io.jenkins.plugins.provenbackup.engine.policy.Compliance;
import io.jenkins.plugins.provenbackup.engine.policy.Control;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "policy", sortOptions = false, description = "Hold what was promised against what is there.")
final class PolicyCommand {

    private static final int MOST_REASONS = 3;

    private final Context context;

    PolicyCommand(Context context) {
        this.context = context;
    }

    @Command(
            name = "check",
            description = "Judge every promise of a policy by what its destinations really hold, and by what recovery"
                    + " tests measured.",
            footer = {
                "",
                "Exit status 0: every promise is kept; 4: one is missed, or nobody can tell. Sources that no policy names"
                        + " are drift: where several policies share a repository, name them all."
            })
    int check(
            @Option(
                            names = {"-f", "--policy"},
                            required = true,
                            paramLabel = "POLICY.yaml",
                            description = "The policy; may be given several times.")
                    List<Path> files)
            throws IOException, InterruptedException {
        List<Policy> policies = new ArrayList<>();
        Set<String> covered = new LinkedHashSet<>();
        for (Path file : files) {
            Policy policy = OpenPolicy.read(context, file);
            policies.add(policy);
            policy.sources().forEach(source -> covered.add(source.name()));
        }
        List<CheckPolicy.Result> results = new ArrayList<>();
        for (Policy policy : policies) {
            try (OpenPolicy open = OpenPolicy.open(context, policy)) {
                CheckPolicy.Result result = CheckPolicy.run(
                        policy, open.destinations(), open.repository().key(), covered, context.clock());
                result.problems().forEach(problem -> context.output().warning(problem));
                results.add(result);
            }
        }
        boolean isKept = results.stream().allMatch(one -> one.compliance().verdict() == Control.Verdict.MET);
        ExitStatus status = isKept ? ExitStatus.DONE : ExitStatus.DAMAGED;
        if (context.output().isJson()) {
            context.output().document(json(results, status));
        } else {
            results.forEach(one -> show(one.compliance()));
        }
        return status.code();
    }

    private void show(Compliance compliance) {
        Output output = context.output();
        output.line(output.style().heading("policy " + Plain.text(compliance.policy())) + "  "
                + shown(compliance.verdict()));
        Table table = new Table("  PROMISE", "OF", "OBJECTIVE", "ACTUAL", "VERDICT");
        for (Control control : compliance.controls()) {
            table.row(
                    "  " + control.kind().label(),
                    Plain.text(control.subject().orElse("")),
                    control.objective(),
                    Plain.text(control.actual()),
                    shown(control.verdict()));
        }
        table.print(output);
        Map<String, List<String>> advice = new LinkedHashMap<>();
        for (Control control : compliance.controls()) {
            if (!control.advice().isEmpty()) {
                advice.computeIfAbsent(control.advice(), any -> new ArrayList<>())
                        .add(control.kind().label()
                                + control.subject().map(name -> " of " + name).orElse(""));
            }
        }
        if (!advice.isEmpty()) {
            output.line("");
            output.line("what to do");
            advice.forEach((what, why) -> output.line("  " + Plain.text(what + " (" + shortened(why) + ")")));
        }
        output.line("");
    }

    private static String shortened(List<String> why) {
        String some = why.stream().limit(MOST_REASONS).collect(Collectors.joining(", "));
        return why.size() <= MOST_REASONS ? some : some + " and " + (why.size() - MOST_REASONS) + " more";
    }

    private String shown(Control.Verdict verdict) {
        Style style = context.output().style();
        return switch (verdict) {
            case MET -> style.good("met");
            case MISSED -> style.bad("missed");
            case UNKNOWN -> style.caution("unknown");
        };
    }

    private static Map<String, Object> json(List<CheckPolicy.Result> results, ExitStatus status) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("policies", results.stream().map(PolicyCommand::json).toList());
        json.put("exitStatus", status.code());
        return json;
    }

    private static Map<String, Object> json(CheckPolicy.Result result) {
        Compliance compliance = result.compliance();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("policy", compliance.policy());
        json.put("time", compliance.time().toString());
        json.put("verdict", word(compliance.verdict()));
        json.put(
                "controls",
                compliance.controls().stream().map(PolicyCommand::json).toList());
        json.put("unreachable", result.facts().unreachable());
        json.put("problems", result.problems());
        return json;
    }

    private static Map<String, Object> json(Control control) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("control", word(control.kind()));
        json.put("subject", control.subject().orElse(null));
        json.put("objective", control.objective());
        json.put("actual", control.actual());
        json.put("verdict", word(control.verdict()));
        json.put("advice", control.advice());
        control.measure().ifPresent(measure -> {
            json.put("value", measure.value());
            json.put("limit", measure.limit());
            json.put("unit", word(measure.unit()));
        });
        return json;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
