package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.BackupKey;
import io.jenkins.plugins.provenbackup.engine.crypto.Fingerprint;
import io.jenkins.plugins.provenbackup.engine.crypto.KeyFile;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.SlotKind;
import io.jenkins.plugins.provenbackup.engine.keys.ListedSlot;
import io.jenkins.plugins.provenbackup.engine.keys.ManageKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "key",
        sortOptions = false,
        description = "Who can open the repository: passphrases, personal keys, paper, and keys for writers.",
        commandListHeading = "%nCommands:%n")
final class KeyCommand implements Runnable, ParentCommand {

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
    public Map<String, Object> children() {
        return new TreeMap<>(Map.of(
                "add", new KeyAddCommand(context),
                "new-personal", new KeyNewPersonalCommand(context),
                "paper", new KeyPaperCommand(context),
                "rotate", new KeyRotateCommand(context)));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "No command given: list, add, remove, change, rotate, paper, new-personal, fingerprint or export-backup-key.");
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
            Table table = new Table("ID", "LABEL", "KIND", "CREATED", ">EPOCH", "STATE", "WHERE");
            for (ListedSlot slot : slots) {
                String where = slot.locations().size() == destinations.reached().size()
                        ? "everywhere"
                        : String.join(", ", slot.locations());
                String state = slot.state().name().toLowerCase(Locale.ROOT);
                table.row(
                        slot.id(),
                        Plain.text(slot.label()),
                        slot.kind().map(SlotKind::word).orElse(""),
                        slot.created().map(Figures::time).orElse(""),
                        String.valueOf(slot.epoch()),
                        slot.problem().isPresent() ? context.output().style().bad(state) : state,
                        where);
                slot.problem().ifPresent(context.output()::warning);
            }
            table.print(context.output());
            advise(slots);
        }
        return ExitStatus.DONE.code();
    }

    private void advise(List<ListedSlot> slots) {
        if (slots.isEmpty()) {
            context.output().warning("there is no key slot: nothing but a recovery key opens this repository");
        }
        if (slots.stream().anyMatch(slot -> slot.state() == ListedSlot.State.UNFINISHED)) {
            context.output().warning("a rotation of the keys was cut off: run 'key rotate' again");
        }
        if (slots.stream().anyMatch(slot -> slot.state() == ListedSlot.State.OUTDATED)) {
            context.output()
                    .warning("who has only an outdated slot opens nothing newer: run 'key rotate' again, or remove it");
        }
        if (slots.stream().anyMatch(slot -> slot.state() == ListedSlot.State.REMOVED)) {
            context.output().warning("a removed slot is still at a destination: 'key remove' its id again");
        }
    }

    @Command(
            name = "fingerprint",
            description = "Show what tells this repository from a false one, for those who get a personal key slot.")
    int fingerprint() throws IOException, InterruptedException {
        try (OpenRepository repository = opening.repository()) {
            String fingerprint = Fingerprint.of(repository.key()).toString();
            result(fingerprint, "fingerprint", fingerprint);
        }
        return ExitStatus.DONE.code();
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
                                    + " storage), and open what was stored so far. 'key rotate' protects what comes.");
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
        if (context.options().keyFile().isPresent() || context.options().isPaper()) {
            throw new UsageException("'key change' replaces a passphrase: give that, no other key.");
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
        json.put("kind", slot.kind().map(SlotKind::word).orElse(null));
        json.put("created", slot.created().map(Instant::toString).orElse(null));
        json.put("epoch", slot.epoch());
        json.put("state", slot.state().name().toLowerCase(Locale.ROOT));
        json.put("destinations", slot.locations());
        json.put("problem", slot.problem().orElse(null));
        return json;
    }
}
