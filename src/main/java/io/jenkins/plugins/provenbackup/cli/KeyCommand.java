package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.BackupKey;
import io.jenkins.plugins.provenbackup.engine.crypto.KeyFile;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.keys.ListedSlot;
import io.jenkins.plugins.provenbackup.engine.keys.ManageKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "key",
        sortOptions = false,
        description = "Who can open the repository: passphrases, and keys for writers.",
        commandListHeading = "%nCommands:%n")
final class KeyCommand implements Runnable {

    private static final String WAYS = "--new-password-file or " + Secrets.NEW_PASSWORD;

    private final Context context;
    private final Opening opening;

    @Spec
    private CommandSpec spec;

    KeyCommand(Context context) {
        this.context = context;
        this.opening = new Opening(context);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "No command given: list, add, remove, change or export-backup-key.");
    }

    @Command(name = "list", description = "List the key slots; needs no key.")
    int list() throws IOException, InterruptedException {
        try (Destinations destinations = opening.destinations(opening.request())) {
            List<ListedSlot> slots = new ManageKeys(destinations, context.clock()).list();
            if (context.output().isJson()) {
                context.output()
                        .document(Map.of(
                                "slots", slots.stream().map(KeyCommand::json).toList()));
                return ExitStatus.DONE.code();
            }
            Table table = new Table("ID", "LABEL", "CREATED", ">EPOCH", "WHERE");
            for (ListedSlot slot : slots) {
                String where = slot.locations().size() == destinations.reached().size()
                        ? "everywhere"
                        : String.join(", ", slot.locations());
                table.row(
                        slot.id(),
                        slot.problem().isPresent()
                                ? context.output().style().bad("unreadable")
                                : Plain.text(slot.label()),
                        slot.created().map(Figures::time).orElse(""),
                        String.valueOf(slot.epoch()),
                        where);
                slot.problem().ifPresent(context.output()::warning);
            }
            table.print(context.output());
        }
        return ExitStatus.DONE.code();
    }

    @Command(name = "add", description = "Add a passphrase that opens the repository, at every -r.")
    int add(
            @Option(
                            names = "--new-password-file",
                            paramLabel = "FILE",
                            description = "The new passphrase is its first line.")
                    Path newPasswordFile,
            @Option(names = "--label", paramLabel = "TEXT", description = "What it is called. Default: user@host.")
                    String label)
            throws IOException, InterruptedException {
        try (OpenRepository repository = opening.repository()) {
            RecoveryKey key = Opening.recovery(repository.key(), "add a passphrase");
            char[] passphrase = newPassphrase(newPasswordFile);
            try {
                String id = manage(repository)
                        .add(key, passphrase, label == null ? Whoami.of(context).toString() : label);
                return done(repository, "added key slot " + id, "added", id);
            } finally {
                Arrays.fill(passphrase, '\0');
            }
        }
    }

    @Command(
            name = "remove",
            description = "Remove a key slot, at every -r. The last one cannot be removed.",
            footer = {
                "",
                "Removing does not revoke: whoever kept a copy of the slot's file and knows its passphrase still opens"
                        + " what was backed up so far."
            })
    int remove(@Parameters(paramLabel = "ID", description = "The beginning of its id.") String prefix)
            throws IOException, InterruptedException {
        try (OpenRepository repository = opening.repository()) {
            RecoveryKey key = Opening.recovery(repository.key(), "remove a key slot");
            String id = manage(repository).remove(key, prefix);
            context.output()
                    .notice(
                            "This does not revoke: copies of the slot may survive (other copies of the repository, locked"
                                    + " storage), and open it with their passphrase. Only a new epoch of keys protects new data.");
            return done(repository, "removed key slot " + id, "removed", id);
        }
    }

    @Command(name = "change", description = "Replace the passphrase that is given by another, at every -r.")
    int change(
            @Option(
                            names = "--new-password-file",
                            paramLabel = "FILE",
                            description = "The new passphrase is its first line.")
                    Path newPasswordFile,
            @Option(names = "--label", paramLabel = "TEXT", description = "What it is called. Default: as before.")
                    String label)
            throws IOException, InterruptedException {
        if (context.options().keyFile().isPresent()) {
            throw new UsageException("'key change' replaces a passphrase: give that, no --key-file.");
        }
        try (Destinations destinations = opening.destinations(opening.request())) {
            char[] old = opening.passphrase();
            try {
                char[] passphrase = newPassphrase(newPasswordFile);
                try {
                    String id = new ManageKeys(destinations, context.clock())
                            .change(old, passphrase, Optional.ofNullable(label));
                    result("changed the passphrase; its key slot is " + id, "added", id);
                } finally {
                    Arrays.fill(passphrase, '\0');
                }
            } finally {
                Arrays.fill(old, '\0');
            }
        }
        return ExitStatus.DONE.code();
    }

    @Command(
            name = "export-backup-key",
            description = "Write a key for those who only back up: it plans, lists and prunes, but reads no content.")
    int exportBackupKey(
            @Option(names = "--source", paramLabel = "NAME", description = "A key for this source alone.")
                    String source,
            @Parameters(paramLabel = "FILE", description = "A new file, readable for its owner alone.") Path file)
            throws IOException, InterruptedException {
        try (OpenRepository repository = opening.repository();
                BackupKey all = Opening.recovery(repository.key(), "export a backup key")
                        .backupKey()) {
            if (source == null) {
                KeyFile.write(file, all);
            } else {
                try (AccessKey one = all.source(source)) {
                    KeyFile.write(file, one);
                }
            }
        }
        result(
                "wrote the " + (source == null ? "backup key" : "source key of '" + source + "'") + " to " + file,
                "file",
                file.toString());
        return ExitStatus.DONE.code();
    }

    private char[] newPassphrase(Path file) throws IOException {
        return opening.secrets().fresh(Optional.ofNullable(file), Secrets.NEW_PASSWORD, "New passphrase: ", WAYS);
    }

    private ManageKeys manage(OpenRepository repository) {
        return new ManageKeys(repository.destinations(), context.clock());
    }

    private int done(OpenRepository repository, String text, String field, String value) {
        result(text, field, value);
        return repository.destinations().unreachable().isEmpty()
                ? ExitStatus.DONE.code()
                : ExitStatus.INCOMPLETE.code();
    }

    private void result(String text, String field, String value) {
        if (context.output().isJson()) {
            context.output().document(Map.of(field, value));
        } else {
            context.output().line(text);
        }
    }

    private static Map<String, Object> json(ListedSlot slot) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", slot.id());
        json.put("label", slot.label());
        json.put("created", slot.created().map(Instant::toString).orElse(null));
        json.put("epoch", slot.epoch());
        json.put("destinations", slot.locations());
        json.put("problem", slot.problem().orElse(null));
        return json;
    }
}
