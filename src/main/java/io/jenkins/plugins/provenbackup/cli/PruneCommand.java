package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.prune.Prune;
import io.jenkins.plugins.provenbackup.engine.prune.PruneRequest;
import io.jenkins.plugins.provenbackup.engine.prune.PruneResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "prune",
        sortOptions = false,
        description = "Give back the space of what no snapshot needs any more, at every -r.",
        footer = {
            "",
            "What is not needed is condemned first and deleted by a prune a day later or more, so that backups may run"
                    + " meanwhile: run it daily. It may be stopped at any moment; the next one goes on."
        })
final class PruneCommand implements Callable<Integer> {

    private final Context context;

    @Option(names = "--dry-run", description = "Tell what would be done.")
    private boolean dryRun;

    @Option(
            names = "--now",
            description = "Delete at once. Only where nothing else uses the repository, at any of its destinations:"
                    + " a backup that runs may be lost.")
    private boolean now;

    @Option(
            names = "--compact-below",
            paramLabel = "PERCENT",
            description = "Write archives anew of which less is needed (default: 90, with --repack 95; 0: none).")
    private Integer compactBelow;

    @Option(
            names = "--repack",
            description =
                    "Free what nobody needs inside of blocks, too, and put small blocks together. Decrypts, checks and"
                            + " encrypts again what is left, so it takes the passphrase or a recovery key. Worth it after many"
                            + " snapshots were forgotten.")
    private boolean repack;

    PruneCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (compactBelow != null && (compactBelow < 0 || compactBelow > 100)) {
            throw new UsageException("--compact-below is between 0 and 100 percent.");
        }
        try (OpenRepository repository = new Opening(context).repository()) {
            Map<String, String> unreachable = repository.destinations().unreachable();
            if (!unreachable.isEmpty()) {
                throw new RefusedException("What is needed cannot be told without "
                        + String.join(", ", unreachable.keySet())
                        + ". Nothing was deleted. Try again when it can be reached, or leave it out.");
            }
            PruneRequest request = new PruneRequest(
                    repository.replicas(),
                    repository.key(),
                    compacting(),
                    now ? PruneRequest.Waiting.NOW : PruneRequest.Waiting.GRACE,
                    dryRun ? PruneRequest.Mode.DRY_RUN : PruneRequest.Mode.WRITE,
                    Path.of(System.getProperty("java.io.tmpdir")));
            PruneResult result = Prune.run(request, context.progress(), context.clock());
            context.progress().close();
            show(result);
            return (result.isComplete() ? ExitStatus.DONE : ExitStatus.INCOMPLETE).code();
        }
    }

    private PruneRequest.Compacting compacting() {
        PruneRequest.Compacting usual = repack ? PruneRequest.Compacting.REPACK : PruneRequest.Compacting.STANDARD;
        return compactBelow == null ? usual : usual.below(compactBelow / 100.0);
    }

    private static boolean hasMoreToDelete(PruneResult.Destination one) {
        return one.condemned().objects() + one.waiting().objects() > 0;
    }

    private void show(PruneResult result) {
        Output output = context.output();
        if (output.isJson()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("dryRun", dryRun);
            document.put("compacted", json(result.compacted()));
            if (repack) {
                document.put("repacked", json(result.repacked()));
            }
            document.put(
                    "destinations",
                    result.destinations().stream().map(PruneCommand::json).toList());
            output.document(document);
            return;
        }
        Table table = new Table("DESTINATION", ">DELETED", ">CONDEMNED", ">WAITING", ">LOCKED", ">NEEDED");
        for (PruneResult.Destination one : result.destinations()) {
            table.row(
                    Plain.text(one.location()),
                    text(one.deleted()),
                    text(one.condemned()),
                    text(one.waiting()),
                    text(one.locked()),
                    text(one.used()));
        }
        table.print(output);
        output.line("");
        if (result.compacted().objects() > 0) {
            long archives = result.compacted().objects();
            output.line(Figures.count(archives, "archive")
                    + (dryRun ? " would be" : archives == 1 ? " was" : " were")
                    + " written anew without what is not needed " + (archives == 1 ? "of it" : "of them"));
        }
        if (repack) {
            output.line(text(result.repacked()));
        }
        if (dryRun) {
            output.line("nothing was changed");
        } else if (result.destinations().stream().anyMatch(PruneCommand::hasMoreToDelete)) {
            output.line("what is condemned or waiting is deleted by a prune a day after it was condemned, or later");
        }
        for (PruneResult.Destination one : result.destinations()) {
            if (one.lost() > 0) {
                output.warning(one.location() + ": the manifests of " + Figures.count(one.lost(), "snapshot")
                        + " are gone and nobody said so; 'recover' puts them back");
            }
            if (!one.failure().isEmpty()) {
                output.warning(one.location() + ": " + one.failure());
            }
        }
    }

    private static String text(PruneResult.Amount amount) {
        return amount.objects() == 0 ? "-" : Figures.size(amount.bytes()) + " in " + Figures.count(amount.objects());
    }

    private static Map<String, Object> json(PruneResult.Destination one) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("location", one.location());
        json.put("deleted", json(one.deleted()));
        json.put("condemned", json(one.condemned()));
        json.put("waiting", json(one.waiting()));
        json.put("locked", json(one.locked()));
        json.put("needed", json(one.used()));
        json.put("leftovers", one.leftovers());
        json.put("lost", one.lost());
        json.put("failure", one.failure());
        return json;
    }

    private String text(PruneResult.Repacked repacked) {
        if (repacked.blocks() == 0) {
            return "no block is worth repacking";
        }
        String blocks = Figures.count(repacked.blocks(), "block");
        return dryRun
                ? blocks + " would be repacked"
                : blocks + (repacked.blocks() == 1 ? " was" : " were") + " repacked: " + Figures.size(repacked.after())
                        + " instead of " + Figures.size(repacked.before());
    }

    private static Map<String, Object> json(PruneResult.Repacked repacked) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("blocks", repacked.blocks());
        json.put("bytesBefore", repacked.before());
        json.put("bytesAfter", repacked.after());
        return json;
    }

    private static Map<String, Object> json(PruneResult.Amount amount) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("objects", amount.objects());
        json.put("bytes", amount.bytes());
        return json;
    }
}
