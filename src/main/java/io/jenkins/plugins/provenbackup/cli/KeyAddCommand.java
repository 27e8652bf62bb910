package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.crypto.Fingerprint;
import io.jenkins.plugins.provenbackup.engine.crypto.Recipient;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.SlotKind;
import io.jenkins.plugins.provenbackup.engine.keys.ManageKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "add",
        sortOptions = false,
        description = "Add a passphrase, or somebody's personal key, that opens the repository, at every -r.",
        footer = {
            "",
            "Where all key slots were lost, this makes a new one: open the repository with a recovery key (--key-file), or"
                    + " with the whole form on paper (--paper)."
        })
final class KeyAddCommand implements Callable<Integer> {

    private static final long LONGEST = 64 << 10;

    private final Context context;

    @Option(
            names = "--new-password-file",
            paramLabel = "FILE",
            description = "The new passphrase is its first line. Otherwise $PROVEN_BACKUP_NEW_PASSWORD, or a prompt.")
    private Path newPasswordFile;

    @Option(
            names = "--recipient",
            paramLabel = "FILE",
            description =
                    "Instead of a passphrase: the .pub file of a personal key, whose owner opens the repository then.")
    private Path recipient;

    @Option(
            names = "--escrow",
            description =
                    "The recipient is not one of you, but keeps the key for the day when none of you can open it.")
    private boolean escrow;

    @Option(
            names = "--label",
            paramLabel = "TEXT",
            description = "What it is called. Default: user@host, or what the .pub file says.")
    private String label;

    KeyAddCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (escrow && recipient == null) {
            throw new UsageException("--escrow needs --recipient FILE, the .pub file of who keeps the key.");
        }
        Opening opening = new Opening(context);
        try (OpenRepository repository = opening.repository()) {
            RecoveryKey key = Opening.recovery(repository.key(), "add a key slot");
            ManageKeys keys = new ManageKeys(repository.destinations(), context.clock());
            Map<String, Object> document = new LinkedHashMap<>();
            if (recipient == null) {
                addPassphrase(opening, keys, key, document);
            } else {
                addRecipient(keys, key, document);
            }
            if (context.output().isJson()) {
                context.output().document(document);
            }
            return (repository.destinations().unreachable().isEmpty() ? ExitStatus.DONE : ExitStatus.INCOMPLETE).code();
        }
    }

    private void addPassphrase(Opening opening, ManageKeys keys, RecoveryKey key, Map<String, Object> document)
            throws IOException {
        char[] passphrase = opening.secrets()
                .fresh(
                        Optional.ofNullable(newPasswordFile),
                        Secrets.NEW_PASSWORD,
                        "New passphrase: ",
                        "--new-password-file or " + Secrets.NEW_PASSWORD);
        try {
            String id =
                    keys.add(key, passphrase, label == null ? Whoami.of(context).toString() : label);
            document.put("added", id);
            say("added key slot " + id);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private void addRecipient(ManageKeys keys, RecoveryKey key, Map<String, Object> document) throws IOException {
        if (Files.size(recipient) > LONGEST) {
            throw new UsageException("'" + recipient + "' is no public key: it is too long.");
        }
        Recipient told = Recipient.parse(Files.readAllBytes(recipient), recipient.toString());
        Recipient named = label == null ? told : told.named(label);
        SlotKind kind = escrow ? SlotKind.ESCROW : SlotKind.PERSONAL;
        String id = keys.add(key, kind, named);
        String fingerprint = Fingerprint.of(key).toString();
        document.put("added", id);
        document.put("kind", kind.word());
        document.put("fingerprint", fingerprint);
        say("added key slot " + id + " for the key of '" + Plain.text(named.label()) + "' (" + kind.word() + ")");
        say("the repository's fingerprint, which is asked for the first time that this key is used:");
        say("  " + fingerprint);
    }

    private void say(String line) {
        if (!context.output().isJson()) {
            context.output().line(line);
        }
    }
}
