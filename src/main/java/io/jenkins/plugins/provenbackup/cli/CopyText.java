package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.copy.CopyResult;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What was copied into another repository, for people and for programs. */
final class CopyText {

    private final Output output;

    CopyText(Output output) {
        this.output = output;
    }

    /** Incomplete when a snapshot could not be read, or a destination lacks a copy. */
    static ExitStatus status(CopyResult result) {
        boolean isLacking = result.snapshots().stream()
                .anyMatch(one -> one.copy().filter(BackupResult::isIncomplete).isPresent());
        return isLacking || result.count(CopyResult.State.FAILED) > 0 ? ExitStatus.INCOMPLETE : ExitStatus.DONE;
    }

    void show(CopyResult result) {
        if (output.isJson()) {
            output.document(json(result));
            return;
        }
        Table table = new Table("ORIGINAL", "TIME", "SOURCE", "", "COPY", ">ADDED");
        result.snapshots().stream()
                .filter(one -> one.copy().isPresent() || one.state() == CopyResult.State.FAILED)
                .forEach(one -> table.row(
                        one.original().id().brief(),
                        Figures.time(one.original().start()),
                        Plain.text(one.original().source()),
                        one.state() == CopyResult.State.FAILED
                                ? output.style().bad("failed")
                                : output.style().good("copied"),
                        one.copy()
                                .flatMap(BackupResult::snapshot)
                                .map(SnapshotId::brief)
                                .orElse("-"),
                        one.copy()
                                .map(copy -> Figures.size(copy.totals().bytesStored()))
                                .orElse("-")));
        if (!table.isEmpty()) {
            table.print(output);
            output.line("");
        }
        result.snapshots().stream()
                .filter(one -> one.state() == CopyResult.State.FAILED)
                .forEach(one ->
                        output.warning("snapshot " + one.original().id().brief() + " was not copied: " + one.reason()));
        result.snapshots().forEach(one -> one.copy().ifPresent(this::lacking));
        output.line(Figures.count(result.count(CopyResult.State.COPIED), "snapshot") + " copied, "
                + Figures.count(result.count(CopyResult.State.PRESENT)) + " there before"
                + (result.count(CopyResult.State.FORGOTTEN) == 0
                        ? ""
                        : ", " + Figures.count(result.count(CopyResult.State.FORGOTTEN))
                                + " left out since their copies were forgotten"));
    }

    private void lacking(BackupResult copy) {
        copy.destinations().stream()
                .filter(one -> one.state() != BackupResult.State.COMPLETE)
                .forEach(one -> output.warning(
                        one.location() + " is " + one.state().name().toLowerCase(Locale.ROOT) + ": " + one.reason()));
    }

    private static Map<String, Object> json(CopyResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("snapshots", result.snapshots().stream().map(CopyText::json).toList());
        json.put("copied", result.count(CopyResult.State.COPIED));
        json.put("present", result.count(CopyResult.State.PRESENT));
        json.put("forgotten", result.count(CopyResult.State.FORGOTTEN));
        json.put("failed", result.count(CopyResult.State.FAILED));
        json.put("exitStatus", status(result).code());
        return json;
    }

    private static Map<String, Object> json(CopyResult.One one) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("original", one.original().id().hex());
        json.put("source", one.original().source());
        json.put("start", one.original().start().toString());
        json.put("state", one.state().name().toLowerCase(Locale.ROOT));
        json.put(
                "copy",
                one.copy().flatMap(BackupResult::snapshot).map(SnapshotId::hex).orElse(null));
        json.put(
                "bytesStored",
                one.copy().map(copy -> copy.totals().bytesStored()).orElse(0L));
        json.put("reason", one.reason());
        return json;
    }
}
