package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.replicate.ReplicateResult;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.Totals;
import io.jenkins.plugins.provenbackup.engine.source.Problem;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A backup's result for people and for programs. */
final class BackupText {

    private static final int SHOWN = 20;

    private final Output output;

    BackupText(Output output) {
        this.output = output;
    }

    /** Copies beyond those that were asked for may be missing; entries may not. */
    static ExitStatus status(BackupResult result) {
        return result.fulfils() ? ExitStatus.DONE : ExitStatus.INCOMPLETE;
    }

    /** The status of a backup after which destinations were caught up; one that has more to come does not lag for good. */
    static ExitStatus with(ExitStatus status, List<ReplicateResult> caughtUp) {
        boolean isLagging = caughtUp.stream()
                .anyMatch(one ->
                        one.state() == ReplicateResult.State.FAILED || one.state() == ReplicateResult.State.INCOMPLETE);
        return status == ExitStatus.DONE && isLagging ? ExitStatus.INCOMPLETE : status;
    }

    /** For people. */
    void show(BackupResult result, String source) {
        tell(result, () -> text(result, source));
    }

    /** For programs. */
    void document(BackupResult result, String source, List<ReplicateResult> caughtUp, ExitStatus status) {
        Map<String, Object> json = json(result, source);
        json.put("caughtUp", caughtUp.stream().map(ReplicateText::json).toList());
        json.put("exitStatus", status.code());
        tell(result, () -> output.document(json));
    }

    /** How destinations fared that had missed earlier snapshots. */
    void show(List<ReplicateResult> caughtUp) {
        for (ReplicateResult one : caughtUp) {
            if (!one.snapshots().isEmpty() && !output.isJson()) {
                output.line("  caught up  " + one.location() + "  "
                        + Figures.count(one.snapshots().size(), "missed snapshot") + ", "
                        + Figures.size(one.bytes()) + " in " + Figures.duration(one.duration()));
            }
            one.left().stream().limit(SHOWN).forEach(left -> output.warning(left.message()));
            switch (one.state()) {
                case COMPLETE -> {}
                case INCOMPLETE ->
                    output.warning(one.location() + " goes on lagging: not everything that it missed could be copied");
                case TIME_UP ->
                    output.notice(
                            one.location()
                                    + " still lacks earlier snapshots; the next backup goes on copying, or 'replicate' does it now");
                case FAILED -> output.warning(one.location() + " goes on lagging: " + one.reason());
            }
        }
    }

    private void tell(BackupResult result, Runnable main) {
        problems(result);
        main.run();
        if (result.snapshot().isPresent() && result.copies() < result.minCopies()) {
            output.warning(result.copies() + " of " + result.minCopies() + " copies that were asked for exist");
        }
        for (BackupResult.Destination one : result.destinations()) {
            one.immutability()
                    .filter(kept -> kept.until().isEmpty())
                    .ifPresent(kept -> output.warning(
                            "The snapshot is not immutable at " + one.location() + ": " + kept.refusal()));
        }
        if (result.totals().incomplete()) {
            output.warning(Figures.count(result.totals().unreadable(), "entr")
                            .replace("entrs", "entries")
                            .replaceAll("entr$", "entry")
                    + " could not be read and "
                    + (result.totals().unreadable() == 1 ? "is" : "are") + " missing in the snapshot");
        }
    }

    private void problems(BackupResult result) {
        result.problems().stream().limit(SHOWN).forEach(problem -> {
            if (problem.kind().effect() == Problem.Effect.INCOMPLETE) {
                output.warning(problem.message());
            } else {
                output.notice(problem.message());
            }
        });
        if (result.problemCount() > SHOWN) {
            output.notice("... and " + Figures.count(result.problemCount() - SHOWN) + " more of the kind");
        }
    }

    private void text(BackupResult result, String source) {
        Totals totals = result.totals();
        String kind = SnapshotText.kind(result.kind())
                + result.parent().map(parent -> " on " + parent.brief()).orElse("");
        String what = result.snapshot().map(id -> "snapshot " + id.brief()).orElse("dry run, nothing was stored");
        output.line(output.style().heading(what) + "  " + kind + "  " + Plain.text(source));
        output.line("  files    " + Figures.count(totals.filesNew()) + " new, " + Figures.count(totals.filesChanged())
                + " changed, " + Figures.count(totals.filesUnchanged()) + " unchanged; "
                + Figures.count(totals.files()) + " in all, " + Figures.size(totals.bytes()));
        output.line("  read     " + Figures.size(totals.bytesRead()) + ", new content "
                + Figures.size(totals.bytesAdded()) + ", stored as " + Figures.size(totals.bytesStored()));
        output.line("  time     " + Figures.duration(result.duration()));
        Table table = new Table("", "", "", "");
        for (BackupResult.Destination one : result.destinations()) {
            String state = one.state().name().toLowerCase(Locale.ROOT);
            boolean isComplete = one.state() == BackupResult.State.COMPLETE;
            table.row(
                    "  copy",
                    one.location(),
                    isComplete ? output.style().good(state) : output.style().bad(state),
                    isComplete ? Figures.size(one.uploaded()) + " uploaded" + immutable(one) : one.reason());
        }
        table.print(output);
    }

    private static String immutable(BackupResult.Destination one) {
        return one.immutability()
                .map(kept ->
                        kept.until().map(date -> ", immutable until " + date).orElse(", not immutable"))
                .orElse("");
    }

    private static Map<String, Object> json(BackupResult result, String source) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("snapshot", result.snapshot().map(SnapshotId::hex).orElse(null));
        json.put("source", source);
        json.put("sequence", result.sequence());
        json.put("kind", SnapshotText.kind(result.kind()));
        json.put("parent", result.parent().map(SnapshotId::hex).orElse(null));
        json.put("totals", SnapshotText.json(result.totals()));
        json.put("copies", result.copies());
        json.put("minCopies", result.minCopies());
        json.put(
                "destinations",
                result.destinations().stream().map(BackupText::json).toList());
        json.put("problems", result.problems().stream().map(BackupText::json).toList());
        json.put("problemCount", result.problemCount());
        json.put("durationMillis", result.duration().toMillis());
        return json;
    }

    private static Map<String, Object> json(BackupResult.Destination one) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("location", one.location());
        json.put("state", one.state().name().toLowerCase(Locale.ROOT));
        json.put("bytesUploaded", one.uploaded());
        json.put("reason", one.reason());
        one.immutability().ifPresent(kept -> {
            json.put("immutableUntil", kept.until().map(Instant::toString).orElse(null));
            json.put("notImmutable", kept.refusal());
        });
        return json;
    }

    private static Map<String, Object> json(Problem problem) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", problem.path().toString());
        json.put("kind", problem.kind().name().toLowerCase(Locale.ROOT));
        json.put("message", problem.message());
        return json;
    }
}
