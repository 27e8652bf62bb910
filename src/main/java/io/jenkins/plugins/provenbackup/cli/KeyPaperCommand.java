package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.crypto.OwnerOnlyFile;
import io.jenkins.plugins.provenbackup.engine.crypto.PaperForm;
import io.jenkins.plugins.provenbackup.engine.crypto.PersonalKey;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.Slot;
import io.jenkins.plugins.provenbackup.engine.keys.ManageKeys;
import io.jenkins.plugins.provenbackup.engine.keys.PaperSheet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "paper",
        sortOptions = false,
        description = "Write a key as text to be printed, and typed back with --paper.",
        footer = {
            "",
            "The short form is three lines. It opens a key slot that is made for it, goes on working after 'key rotate', and is"
                    + " taken back by 'key remove'. The whole form is longer and needs no key slot, so it helps when all of"
                    + " them are lost; it does not open what is stored after the next 'key rotate', and cannot be taken back."
        })
final class KeyPaperCommand implements Callable<Integer> {

    private final Context context;

    @Option(names = "--whole", description = "The whole form.")
    private boolean whole;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "A new file, readable for its owner alone. Otherwise the key is shown, after a question.")
    private Path output;

    @Option(
            names = "--label",
            paramLabel = "TEXT",
            description = "What the key slot is called. Default: paper and the date.")
    private String label;

    KeyPaperCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (output == null && context.output().isJson()) {
            throw new UsageException("With --json the key goes to a file: give --output FILE.");
        }
        if (output != null && Files.exists(output)) {
            throw new UsageException("'" + output + "' exists already; it is left as it is. Choose another name.");
        }
        try (OpenRepository repository = new Opening(context).repository()) {
            RecoveryKey key = Opening.recovery(repository.key(), "be printed as one");
            PaperSheet sheet = new PaperSheet(
                    key, repository.destinations(), context.clock().instant());
            if (output == null) {
                confirm();
            }
            Optional<String> slot = whole ? whole(key, sheet) : brief(repository, key, sheet);
            tell(slot);
            return (repository.destinations().unreachable().isEmpty() ? ExitStatus.DONE : ExitStatus.INCOMPLETE).code();
        }
    }

    private void confirm() {
        char[] answer = context.surroundings()
                .prompt()
                .orElseThrow(() -> new UsageException("There is nobody to show the key to: give --output FILE."))
                .secret("The key will be shown here, for all to see. Type yes to go on: ")
                .orElseGet(() -> new char[0]);
        if (!Arrays.equals(answer, "yes".toCharArray())) {
            throw new UsageException("Nothing was shown or changed. --output FILE writes to a file instead.");
        }
    }

    private Optional<String> whole(RecoveryKey key, PaperSheet sheet) throws IOException {
        byte[] lines = PaperForm.lines(key);
        try {
            print(sheet.whole(lines));
        } finally {
            Arrays.fill(lines, (byte) 0);
        }
        return Optional.empty();
    }

    /** The file comes first: a slot whose paper was never written would be of no use to anybody. */
    private Optional<String> brief(OpenRepository repository, RecoveryKey key, PaperSheet sheet) throws IOException {
        String name =
                label == null ? "paper " + LocalDate.ofInstant(context.clock().instant(), ZoneOffset.UTC) : label;
        ManageKeys keys = new ManageKeys(repository.destinations(), context.clock());
        try (PersonalKey paper = PersonalKey.generate(name)) {
            Slot slot = keys.paperSlot(key, paper);
            byte[] lines = PaperForm.lines(paper);
            try {
                if (output == null) {
                    keys.add(slot);
                    print(sheet.brief(lines, slot.id()));
                } else {
                    print(sheet.brief(lines, slot.id()));
                    keys.add(slot);
                }
            } finally {
                Arrays.fill(lines, (byte) 0);
            }
            return Optional.of(slot.id());
        }
    }

    private void print(byte[] sheet) throws IOException {
        try {
            if (output == null) {
                context.surroundings().out().write(sheet);
                context.surroundings().out().flush();
            } else {
                OwnerOnlyFile.write(output, sheet);
            }
        } finally {
            Arrays.fill(sheet, (byte) 0);
        }
    }

    private void tell(Optional<String> slot) {
        if (context.output().isJson()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("file", output.toString());
            document.put("added", slot.orElse(null));
            context.output().document(document);
            return;
        }
        if (output != null) {
            context.output().line("wrote the key to " + output + ": print it, then delete the file");
        }
        slot.ifPresent(id -> context.output().notice("added key slot " + id + " for it"));
    }
}
