package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.replicate.ReplicateRequest;
import io.jenkins.plugins.provenbackup.engine.replicate.ReplicateResult;
import io.jenkins.plugins.provenbackup.engine.replicate.Target;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was copied to other destinations, for people and for programs. */
final class ReplicateText {

    private static final int SHOWN = 20;

    private final Output output;
    private final ReplicateRequest.Mode mode;

    ReplicateText(Output output, ReplicateRequest.Mode mode) {
        this.output = output;
        this.mode = mode;
    }

    /** Failed only when nothing could be used; a target that has less than was asked for is incomplete. */
    static ExitStatus status(List<ReplicateResult> results) {
        if (results.stream().allMatch(result -> result.state() == ReplicateResult.State.FAILED)) {
            return ExitStatus.FAILED;
        }
        return results.stream().allMatch(result -> result.state() == ReplicateResult.State.COMPLETE)
                ? ExitStatus.DONE
                : ExitStatus.INCOMPLETE;
    }

    void show(List<ReplicateResult> results) {
        for (ReplicateResult result : results) {
            result.left().stream().limit(SHOWN).forEach(left -> output.warning(left.message()));
            if (result.left().size() > SHOWN) {
                output.warning("... and " + Figures.count(result.left().size() - SHOWN) + " more of the kind");
            }
        }
        if (output.isJson()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("dryRun", mode == ReplicateRequest.Mode.DRY_RUN);
            document.put(
                    "destinations", results.stream().map(ReplicateText::json).toList());
            document.put("exitStatus", status(results).code());
            output.document(document);
        } else {
            results.forEach(this::text);
        }
    }

    private void text(ReplicateResult result) {
        boolean isDryRun = mode == ReplicateRequest.Mode.DRY_RUN;
        String made = result.target() == Target.State.CREATED
                ? "  new replica"
                : isDryRun && result.target() == Target.State.ABSENT ? "  would be a new replica" : "";
        output.line(output.style().heading(result.location()) + made);
        double seconds = Math.max(0.001, result.duration().toMillis() / 1000.0);
        output.line((isDryRun ? "  to copy  " : "  copied   ")
                + Figures.count(result.snapshots().size(), "snapshot") + ": "
                + Figures.count(result.objects(), "object")
                + ", " + Figures.size(result.bytes())
                + (isDryRun
                        ? ""
                        : " in " + Figures.duration(result.duration()) + ", "
                                + Figures.size((long) (result.bytes() / seconds)) + "/s"));
        output.line("  there    " + Figures.count(result.present(), "snapshot") + " before"
                + (result.forgotten() == 0
                        ? ""
                        : "; " + Figures.count(result.forgotten()) + " left out since they were forgotten"));
        if (!result.records().isEmpty()) {
            output.line("  records  " + Figures.count(result.records().size()) + (isDryRun ? " to copy" : " copied")
                    + " (keys, removals, holds, tests)");
        }
        switch (result.state()) {
            case COMPLETE -> {}
            case INCOMPLETE ->
                output.line("  "
                        + output.style()
                                .bad("incomplete: "
                                        + Figures.count(result.left().size()) + " left out"));
            case TIME_UP -> output.line("  " + output.style().caution("time is up: the next run goes on"));
            case FAILED -> output.line("  " + output.style().bad("failed: ") + result.reason());
        }
    }

    static Map<String, Object> json(ReplicateResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("location", result.location());
        json.put("target", result.target().name().toLowerCase(Locale.ROOT));
        json.put("state", result.state().name().toLowerCase(Locale.ROOT));
        json.put("snapshots", result.snapshots().stream().map(SnapshotId::hex).toList());
        json.put("present", result.present());
        json.put("forgotten", result.forgotten());
        json.put("records", result.records().size());
        json.put("objects", result.objects());
        json.put("bytes", result.bytes());
        json.put(
                "left",
                result.left().stream()
                        .map(left -> Map.of("object", left.object(), "message", left.message()))
                        .toList());
        json.put("reason", result.reason());
        json.put("durationMillis", result.duration().toMillis());
        return json;
    }
}
