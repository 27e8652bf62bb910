package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.crypto.OwnerOnlyFile;
import io.jenkins.plugins.provenbackup.engine.crypto.PersonalKey;
import io.jenkins.plugins.provenbackup.engine.crypto.PersonalKeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "new-personal",
        sortOptions = false,
        description = "Make a personal key, which opens the repositories whose owners add it; needs no repository.",
        footer = {"", "Keep FILE to yourself. Give FILE.pub to who adds it, with 'key add --recipient FILE.pub'."})
final class KeyNewPersonalCommand implements Callable<Integer> {

    private final Context context;

    @Parameters(
            paramLabel = "FILE",
            description = "A new file, readable for its owner alone; FILE.pub is made beside it.")
    private Path file;

    @Option(names = "--label", paramLabel = "TEXT", description = "What the key is called. Default: user@host.")
    private String label;

    @Option(
            names = "--new-password-file",
            paramLabel = "FILE",
            description =
                    "The passphrase of the key is its first line. Otherwise $PROVEN_BACKUP_NEW_PASSWORD, or a prompt.")
    private Path newPasswordFile;

    @Option(names = "--plain", description = "No passphrase: who reads the file has the key.")
    private boolean plain;

    KeyNewPersonalCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Path published = file.resolveSibling(file.getFileName() + ".pub");
        for (Path one : new Path[] {file, published}) {
            if (Files.exists(one)) {
                throw new UsageException("'" + one + "' exists already; it is left as it is. Choose another name.");
            }
        }
        try (PersonalKey key =
                PersonalKey.generate(label == null ? Whoami.of(context).toString() : label)) {
            byte[] text = text(key);
            try {
                OwnerOnlyFile.write(file, text);
            } finally {
                Arrays.fill(text, (byte) 0);
            }
            Files.write(published, key.recipient().encode(), StandardOpenOption.CREATE_NEW);
        }
        if (context.output().isJson()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("file", file.toString());
            document.put("public", published.toString());
            context.output().document(document);
        } else {
            context.output()
                    .line("wrote the private key to " + file + ", to be kept, and the public one to " + published
                            + ", to be given to who adds it to a repository");
        }
        return ExitStatus.DONE.code();
    }

    private byte[] text(PersonalKey key) throws IOException {
        if (plain) {
            return PersonalKeyFile.encode(key);
        }
        char[] passphrase = new Secrets(context.surroundings())
                .fresh(
                        Optional.ofNullable(newPasswordFile),
                        Secrets.NEW_PASSWORD,
                        "Passphrase for the key: ",
                        "--new-password-file, " + Secrets.NEW_PASSWORD + " or --plain");
        try {
            return PersonalKeyFile.encode(key, passphrase);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }
}
