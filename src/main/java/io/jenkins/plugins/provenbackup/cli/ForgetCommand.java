package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.policy.RetentionRules;
import io.jenkins.plugins.provenbackup.engine.policy.Span;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.snapshots.Forget;
import io.jenkins.plugins.provenbackup.engine.snapshots.ForgetRequest;
import io.jenkins.plugins.provenbackup.engine.snapshots.ForgetResult;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotList;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotSelector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "forget",
        sortOptions = false,
        description = "Remove snapshots, by name or by what is to be kept of each source, at every -r.",
        footer = {
            "",
            "A snapshot stays when any rule keeps it. The last complete snapshot of a source always stays, and so does"
                    + " what is held. Space comes back with a prune."
        })
final class ForgetCommand implements Callable<Integer> {

    private final Context context;

    @Parameters(arity = "0..*", paramLabel = "SNAPSHOT", description = "Remove these.")
    private List<String> snapshots = new ArrayList<>();

    @Option(
            names = {"-f", "--policy"},
            paramLabel = "POLICY.yaml",
            description = "Keep at each destination of a policy what the policy keeps there, of its sources.")
    private Path policyFile;

    @Option(names = "--keep-last", paramLabel = "N", description = "Keep the newest N.")
    private int last;

    @Option(names = "--keep-hourly", paramLabel = "N", description = "Keep the newest of each of the last N hours.")
    private int hourly;

    @Option(names = "--keep-daily", paramLabel = "N", description = "... of the last N days that have one.")
    private int daily;

    @Option(names = "--keep-weekly", paramLabel = "N", description = "... of the last N weeks that have one.")
    private int weekly;

    @Option(names = "--keep-monthly", paramLabel = "N", description = "... of the last N months that have one.")
    private int monthly;

    @Option(names = "--keep-yearly", paramLabel = "N", description = "... of the last N years that have one.")
    private int yearly;

    @Option(
            names = "--keep-within",
            paramLabel = "SPAN",
            description = "Keep what is younger, like 36h, 7d, 6m or 1y6m, counted back from the newest snapshot.")
    private String within;

    @Option(names = "--source", paramLabel = "NAME", description = "Only of this source.")
    private String source;

    @Option(names = "--tag", paramLabel = "K=V", description = "Only those with this tag; the others stay.")
    private List<String> tags = new ArrayList<>();

    @Option(
            names = "--group-by-tag",
            paramLabel = "KEY",
            description = "Apply the rules to the snapshots of each value of this tag by itself.")
    private String groupBy;

    @Option(names = "--min-age", paramLabel = "SPAN", description = "Whatever the rules say, keep what is younger.")
    private String minimumAge;

    @Option(
            names = "--time-zone",
            paramLabel = "ZONE",
            description = "Whose hours, days and weeks are meant, like Europe/Berlin or UTC (default: this machine's).")
    private String timeZone;

    @Option(names = "--dry-run", description = "Tell what would be done.")
    private boolean dryRun;

    ForgetCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        RetentionRules rules = rules();
        if (policyFile != null) {
            if (!snapshots.isEmpty() || !rules.isEmpty() || source != null || !tags.isEmpty()) {
                throw new UsageException(
                        "The policy says what is kept: leave out snapshots, --keep-..., --source and --tag.");
            }
            return new PolicyForget(context, dryRun ? ForgetRequest.Mode.DRY_RUN : ForgetRequest.Mode.WRITE)
                    .run(policyFile, this::show)
                    .code();
        }
        if (snapshots.isEmpty() == rules.isEmpty()) {
            throw new UsageException("Say either which snapshots to forget, or what to keep with --keep-...");
        }
        TagFilter filter = TagFilter.parse(tags);
        ZoneId zone = zone();
        ForgetRequest.Exceptions exceptions = exceptions();
        try (OpenRepository repository = new Opening(context).repository()) {
            SnapshotList list = repository.snapshots();
            Set<SnapshotId> chosen = new LinkedHashSet<>();
            for (String text : snapshots) {
                chosen.add(SnapshotSelector.parse(text).in(list).id());
            }
            if (source != null && list.of(source).isEmpty()) {
                throw new RefusedException("There is no snapshot of the source '" + source + "'.");
            }
            List<Snapshot> considered = list.snapshots().stream()
                    .filter(snapshot -> chosen.isEmpty() || chosen.contains(snapshot.id()))
                    .filter(snapshot ->
                            source == null || source.equals(snapshot.manifest().source()))
                    .filter(snapshot -> filter.matches(snapshot.manifest().tags()))
                    .toList();
            ForgetResult result = Forget.run(
                    new ForgetRequest(
                            list,
                            considered,
                            chosen,
                            rules,
                            exceptions,
                            zone,
                            repository.key(),
                            Whoami.of(context).toString(),
                            dryRun ? ForgetRequest.Mode.DRY_RUN : ForgetRequest.Mode.WRITE),
                    context.clock());
            result.failures().forEach((location, reason) -> context.output().warning(location + ": " + reason));
            show(result);
            boolean isEverywhere = result.failures().isEmpty()
                    && (repository.destinations().unreachable().isEmpty() || result.forgotten() == 0);
            return (isEverywhere ? ExitStatus.DONE : ExitStatus.INCOMPLETE).code();
        }
    }

    private ZoneId zone() {
        try {
            return timeZone == null ? ZoneId.systemDefault() : ZoneId.of(timeZone);
        } catch (DateTimeException e) {
            throw new UsageException("'" + timeZone + "' is no time zone: write like Europe/Berlin or UTC.");
        }
    }

    private ForgetRequest.Exceptions exceptions() {
        try {
            return new ForgetRequest.Exceptions(
                    Optional.ofNullable(minimumAge).map(Span::parse), Optional.ofNullable(groupBy));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private RetentionRules rules() {
        try {
            Optional<Span> span = Optional.ofNullable(within).map(Span::parse);
            return new RetentionRules(last, hourly, daily, weekly, monthly, yearly, span);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private void show(ForgetResult result) {
        Output output = context.output();
        if (output.isJson()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("dryRun", dryRun);
            document.put("forgotten", result.forgotten());
            document.put(
                    "decisions",
                    result.decisions().stream().map(ForgetCommand::json).toList());
            document.put("failures", result.failures());
            output.document(document);
            return;
        }
        Table table = new Table("ID", "TIME", "SOURCE", "", "WHY");
        for (ForgetResult.Decision decision : result.decisions()) {
            var manifest = decision.snapshot().manifest();
            table.row(
                    manifest.id().brief(),
                    Figures.time(manifest.start()),
                    Plain.text(manifest.source()),
                    decision.isKept() ? "keep" : output.style().caution(dryRun ? "would forget" : "forgotten"),
                    String.join(", ", decision.keptBy()));
        }
        table.print(output);
        output.line("");
        output.line(Figures.count(result.forgotten(), "snapshot")
                + (dryRun ? " would be forgotten" : " forgotten")
                + ", " + Figures.count(result.decisions().size() - result.forgotten()) + " kept");
    }

    static Map<String, Object> json(ForgetResult.Decision decision) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", decision.snapshot().id().hex());
        json.put("source", decision.snapshot().manifest().source());
        json.put("start", decision.snapshot().manifest().start().toString());
        json.put("kept", decision.isKept());
        json.put("keptBy", decision.keptBy());
        return json;
    }
}
