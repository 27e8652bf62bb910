package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.crypto.CipherWarmUp;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.snapshots.RememberedHeads;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotList;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotSelector;
import io.jenkins.plugins.provenbackup.engine.transfer.StreamKeys;
import io.jenkins.plugins.provenbackup.engine.verify.Descriptions;
import io.jenkins.plugins.provenbackup.engine.verify.Verify;
import io.jenkins.plugins.provenbackup.engine.verify.VerifyRequest;
import io.jenkins.plugins.provenbackup.engine.verify.VerifyResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        sortOptions = false,
        description = "Make sure that every -r holds what its snapshots need, intact.",
        footer = {"", "Exit status 4: something is damaged, missing, or gone without forget."})
final class VerifyCommand implements Callable<Integer> {

    private static final int SHOWN = 50;

    private final Context context;

    @Parameters(arity = "0..*", paramLabel = "SNAPSHOT", description = "Only these. Default: all.")
    private List<String> snapshots = new ArrayList<>();

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            description = "presence: everything is there with its size; integrity (default): and hashes to its name;"
                    + " restore: and every file decrypts to what was backed up.")
    private String level = "integrity";

    @Option(names = "--sample", paramLabel = "PERCENT", description = "Read only this share of the archives.")
    private double sample = 100;

    @Option(names = "--repair", description = "Replace what is damaged by what another -r has intact.")
    private boolean repair;

    VerifyCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        VerifyRequest.Level chosen = level();
        if (!(sample > 0 && sample <= 100)) {
            throw new UsageException("--sample is a percentage above 0 and up to 100.");
        }
        Opening opening = new Opening(context);
        OpenRequest request = opening.request();
        VerifyRequest.Repair mode = repair ? VerifyRequest.Repair.FROM_OTHERS : VerifyRequest.Repair.REPORT_ONLY;
        if (chosen == VerifyRequest.Level.RESTORE) {
            CipherWarmUp.begin();
        }
        try (OpenRepository repository = opening.trustedRepository(request)) {
            Descriptions.Result descriptions =
                    Descriptions.run(request, repository.destinations(), repository.key(), mode);
            repository.use(descriptions.mended());
            return verify(repository, chosen, mode, descriptions.findings());
        }
    }

    private int verify(
            OpenRepository repository,
            VerifyRequest.Level chosen,
            VerifyRequest.Repair mode,
            List<VerifyResult.Finding> before)
            throws IOException, InterruptedException {
        Optional<StreamKeys> streamKeys = Optional.empty();
        if (chosen == VerifyRequest.Level.RESTORE) {
            RecoveryKey recovery = Opening.recovery(repository.key(), "read content, which --level restore does");
            streamKeys = Optional.of(header -> StreamKey.open(header, recovery));
        }
        SnapshotList list = repository.snapshots();
        Set<SnapshotId> only = new LinkedHashSet<>();
        for (String text : snapshots) {
            only.add(SnapshotSelector.parse(text).in(list).id());
        }
        VerifyResult result = Verify.run(
                        new VerifyRequest(
                                repository.replicas(), repository.key(), streamKeys, only, chosen, sample, mode),
                        context.progress(),
                        context.clock())
                .with(before);
        context.progress().close();
        List<RememberedHeads.Loss> losses =
                repair && !repository.losses().isEmpty() ? repository.lossesNow() : repository.losses();
        ExitStatus status = status(result, losses, repository);
        show(result, losses, repository, status);
        return status.code();
    }

    private static ExitStatus status(
            VerifyResult result, List<RememberedHeads.Loss> losses, OpenRepository repository) {
        if (result.isDamaged() || !losses.isEmpty()) {
            return ExitStatus.DAMAGED;
        }
        return repository.destinations().unreachable().isEmpty() ? ExitStatus.DONE : ExitStatus.INCOMPLETE;
    }

    private VerifyRequest.Level level() {
        try {
            return VerifyRequest.Level.valueOf(level.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--level is presence, integrity or restore, not '" + level + "'.");
        }
    }

    private void show(
            VerifyResult result, List<RememberedHeads.Loss> losses, OpenRepository repository, ExitStatus status) {
        Output output = context.output();
        if (output.isJson()) {
            output.document(json(result, losses, repository, status));
            return;
        }
        Style style = output.style();
        Table table = new Table("DESTINATION", ">SNAPSHOTS", ">ARCHIVES", ">READ", ">CATALOGS", ">FILES", ">BYTES", "");
        for (VerifyResult.Destination one : result.destinations()) {
            table.row(
                    one.location(),
                    Figures.count(one.snapshots()),
                    Figures.count(one.archives()),
                    Figures.count(one.archivesRead()),
                    Figures.count(one.catalogs()),
                    Figures.count(one.filesChecked()),
                    Figures.size(one.bytesRead()),
                    state(one.location(), result, losses, style));
        }
        table.print(output);
        if (!result.findings().isEmpty()) {
            output.line("");
        }
        result.findings().stream().limit(SHOWN).forEach(finding -> output.line(line(finding, style)));
        if (result.findings().size() > SHOWN) {
            output.line("... and " + Figures.count(result.findings().size() - SHOWN) + " more; --json lists all");
        }
        output.line("");
        output.line((status == ExitStatus.DAMAGED ? style.bad("damage found") : style.good("no damage")) + "  level "
                + level + ", " + Figures.duration(result.duration()));
    }

    /** A destination is intact when it has everything that it should. */
    private static String state(String location, VerifyResult result, List<RememberedHeads.Loss> losses, Style style) {
        List<VerifyResult.Finding> here = result.findings().stream()
                .filter(finding -> finding.location().equals(location) && finding.mended() == VerifyResult.Mended.NO)
                .toList();
        long damages = here.stream().filter(VerifyResult.Finding::isDamage).count();
        long lost =
                losses.stream().filter(loss -> loss.location().equals(location)).count();
        long lagging = here.stream()
                .filter(finding -> finding.kind() == VerifyResult.Kind.LAGGING)
                .count();
        List<String> states = new ArrayList<>();
        if (damages > 0) {
            states.add(style.bad(Figures.count(damages) + " damaged"));
        }
        if (lost > 0) {
            states.add(style.bad(Figures.count(lost) + " lost"));
        }
        if (lagging > 0) {
            states.add(style.caution(Figures.count(lagging) + " lagging"));
        }
        return states.isEmpty() ? style.good("intact") : String.join(", ", states);
    }

    private static String line(VerifyResult.Finding finding, Style style) {
        String state = finding.mended() == VerifyResult.Mended.YES
                ? style.good("mended")
                : finding.isDamage() ? style.bad(word(finding)) : style.caution(word(finding));
        return state + "  " + finding.message();
    }

    private static String word(VerifyResult.Finding finding) {
        return finding.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Map<String, Object> json(
            VerifyResult result, List<RememberedHeads.Loss> losses, OpenRepository repository, ExitStatus status) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("level", result.level().name().toLowerCase(Locale.ROOT));
        json.put("damaged", status == ExitStatus.DAMAGED);
        json.put(
                "destinations",
                result.destinations().stream().map(VerifyCommand::json).toList());
        json.put("unreachable", repository.destinations().unreachable());
        json.put("findings", result.findings().stream().map(VerifyCommand::json).toList());
        json.put(
                "lostHeads",
                losses.stream()
                        .map(loss -> Map.of("location", loss.location(), "message", loss.message()))
                        .toList());
        json.put("durationMillis", result.duration().toMillis());
        json.put("exitStatus", status.code());
        return json;
    }

    private static Map<String, Object> json(VerifyResult.Destination one) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("location", one.location());
        json.put("snapshots", one.snapshots());
        json.put("archives", one.archives());
        json.put("archivesRead", one.archivesRead());
        json.put("catalogs", one.catalogs());
        json.put("filesChecked", one.filesChecked());
        json.put("bytesRead", one.bytesRead());
        return json;
    }

    private static Map<String, Object> json(VerifyResult.Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("location", finding.location());
        json.put("object", finding.object());
        json.put("kind", finding.kind().name().toLowerCase(Locale.ROOT));
        json.put("message", finding.message());
        json.put("mended", finding.mended() == VerifyResult.Mended.YES);
        return json;
    }
}
