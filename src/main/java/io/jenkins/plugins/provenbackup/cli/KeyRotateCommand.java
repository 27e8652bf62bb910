package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.Slot;
import io.jenkins.plugins.provenbackup.engine.keys.RotateKeys;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "rotate",
        sortOptions = false,
        description =
                "Begin a new epoch of keys, at every -r: who had the old ones cannot read what is stored from then on.",
        footer = {
            "",
            "All who have a key slot keep their passphrase, key or short paper: take away first, with 'key remove', what must not"
                    + " open anything new. Backup and source keys must be exported again, the whole form on paper be printed"
                    + " again. The next backup of each source stores everything again. What was cut off, or missed by a"
                    + " destination, is completed by running it again."
        })
final class KeyRotateCommand implements Callable<Integer> {

    private final Context context;

    @Option(names = "--dry-run", description = "Only show who would get the new keys.")
    private boolean dryRun;

    KeyRotateCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (OpenRepository repository = new Opening(context).repository()) {
            repository.requireCurrentKey();
            RecoveryKey key = Opening.recovery(repository.key(), "rotate the keys");
            RotateKeys.Result result = new RotateKeys(repository.destinations(), context.clock())
                    .run(key, dryRun ? RotateKeys.Mode.DRY_RUN : RotateKeys.Mode.WRITE);
            if (!dryRun) {
                repository.rememberEpoch(result.epoch());
            }
            show(result);
        }
        return ExitStatus.DONE.code();
    }

    private void show(RotateKeys.Result result) {
        Output output = context.output();
        if (output.isJson()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("outcome", result.outcome().name().toLowerCase(Locale.ROOT));
            document.put("dryRun", dryRun);
            document.put("epoch", result.epoch());
            document.put(
                    "slots", result.slots().stream().map(KeyRotateCommand::json).toList());
            document.put("destinations", result.destinations());
            output.document(document);
            return;
        }
        boolean isNew = result.outcome() == RotateKeys.Outcome.ROTATED;
        if (dryRun) {
            output.line((isNew ? "would begin epoch " : "would complete epoch ") + result.epoch() + " of the keys");
        } else {
            output.line((isNew ? "began epoch " : "completed epoch ") + result.epoch() + " of the keys at "
                    + String.join(", ", result.destinations()));
        }
        if (!result.slots().isEmpty()) {
            Table table = new Table("ID", "LABEL", "KIND");
            for (Slot slot : result.slots()) {
                table.row(
                        dryRun ? "-" : slot.id(),
                        Plain.text(slot.label()),
                        slot.kind().word());
            }
            table.print(output);
            output.notice("These " + (dryRun ? "would get" : "got")
                    + " the new keys. If one should not, remove it with 'key remove' and "
                    + (dryRun ? "run this then." : "rotate again."));
        }
        if (isNew && !dryRun) {
            output.notice(
                    "Export backup and source keys again, and print whole forms on paper again: the old ones are for what is"
                            + " stored already. The next backup of each source stores everything again.");
        }
    }

    private static Map<String, Object> json(Slot slot) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", slot.id());
        json.put("label", slot.label());
        json.put("kind", slot.kind().word());
        return json;
    }
}
