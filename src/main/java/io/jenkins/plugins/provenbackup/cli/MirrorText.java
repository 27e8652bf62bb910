package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.mirror.MirrorResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells what mirror runs did, one after the other; as JSON all at once. */
final class MirrorText {

    private static final int SHOWN = 20;

    private final Output output;
    private final boolean dryRun;
    private final List<Map<String, Object>> documents = new ArrayList<>();
    private boolean incomplete;

    MirrorText(Output output, boolean dryRun) {
        this.output = output;
        this.dryRun = dryRun;
    }

    void show(MirrorResult result) {
        incomplete |= result.isIncomplete();
        warn(result.failures(), result.failureCount(), "could not be mirrored");
        warn(result.problems(), result.problemCount(), "were left out or not read well");
        result.notices().forEach(output::notice);
        if (output.isJson()) {
            documents.add(json(result));
            return;
        }
        String done = dryRun ? "would mirror to " : "mirrored to ";
        output.line(output.style().heading(done + result.target()));
        output.line("  written    " + Figures.count(result.written(), "file") + ", " + Figures.size(result.bytes())
                + "; " + Figures.count(result.directories()) + " directories, "
                + Figures.count(result.links(), "link"));
        output.line("  kept       " + Figures.count(result.unchanged()) + " as they were, "
                + Figures.count(result.adjusted()) + " with metadata corrected");
        output.line("  deleted    " + Figures.count(result.deleted()) + deletions(result));
        result.losses().forEach((loss, count) -> output.line("  not kept   " + Figures.count(count) + " " + loss));
        output.line("  time       " + Figures.duration(result.duration()));
        output.line("  A mirror is plain text: whoever can read " + result.target() + " can read all of it.");
    }

    void failed(String target, String reason) {
        output.warning(target + ": " + reason);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("target", target);
        json.put("error", reason);
        documents.add(json);
    }

    ExitStatus end() {
        return end(incomplete ? ExitStatus.INCOMPLETE : ExitStatus.DONE);
    }

    ExitStatus end(ExitStatus status) {
        if (output.isJson()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("dryRun", dryRun);
            json.put("encrypted", false);
            json.put("mirrors", documents);
            output.document(json);
        }
        return status;
    }

    private void warn(List<String> messages, long count, String what) {
        messages.stream().limit(SHOWN).forEach(output::warning);
        if (count > SHOWN) {
            output.warning("... and " + Figures.count(count - SHOWN) + " more " + what);
        }
    }

    private static String deletions(MirrorResult result) {
        StringBuilder text = new StringBuilder();
        if (result.withheld() > 0) {
            text.append("; ").append(Figures.count(result.withheld())).append(" were to be, see above");
        }
        if (result.extra() > 0) {
            text.append("; ")
                    .append(Figures.count(result.extra()))
                    .append(" not in the source (--delete removes them)");
        }
        if (result.kept() > 0) {
            text.append("; ").append(Figures.count(result.kept())).append(" kept, since the source may have them");
        }
        return text.toString();
    }

    private static Map<String, Object> json(MirrorResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("target", result.target());
        json.put("written", result.written());
        json.put("bytes", result.bytes());
        json.put("unchanged", result.unchanged());
        json.put("adjusted", result.adjusted());
        json.put("directories", result.directories());
        json.put("links", result.links());
        json.put("deleted", result.deleted());
        json.put("extra", result.extra());
        json.put("withheld", result.withheld());
        json.put("kept", result.kept());
        json.put("losses", result.losses());
        json.put("problems", result.problems());
        json.put("problemCount", result.problemCount());
        json.put("incompleteCount", result.incompleteCount());
        json.put("failures", result.failures());
        json.put("failureCount", result.failureCount());
        json.put("notices", result.notices());
        json.put("durationMillis", result.duration().toMillis());
        return json;
    }
}
