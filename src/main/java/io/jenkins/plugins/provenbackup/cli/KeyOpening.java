package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.HeldKey;
import io.jenkins.plugins.provenbackup.engine.crypto.MistypedException;
import io.jenkins.plugins.provenbackup.engine.crypto.PaperForm;
import io.jenkins.plugins.provenbackup.engine.crypto.PersonalKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Makes a key that works of what the user brings: a passphrase, a key file, or a sheet of paper. */
final class KeyOpening {

    private final Context context;
    private final Secrets secrets;

    KeyOpening(Context context, Secrets secrets) {
        this.context = context;
        this.secrets = secrets;
    }

    /** The key, which the caller closes. */
    AccessKey open(Destinations destinations) throws IOException {
        if (context.options().isPaper()) {
            return open(typed(), destinations);
        }
        Optional<Path> file = keyFile();
        if (file.isPresent()) {
            return open(HeldKey.read(file.get()), destinations);
        }
        char[] passphrase = secrets.existing(context.options().passwordFile(), "Passphrase: ");
        try {
            return destinations.unlock(passphrase);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private Optional<Path> keyFile() {
        GlobalOptions options = context.options();
        if (options.keyFile().isPresent() || options.passwordFile().isPresent()) {
            return options.keyFile();
        }
        return context.surroundings().variable(Opening.KEY_FILE).map(Path::of);
    }

    /** What a key that was read opens at these destinations; the caller closes it. */
    AccessKey open(HeldKey held, Destinations destinations) throws IOException {
        if (held instanceof HeldKey.Access access) {
            return access.key();
        } else if (held instanceof HeldKey.Personal personal) {
            return open(personal.key(), destinations);
        }
        HeldKey.Locked locked = (HeldKey.Locked) held;
        char[] passphrase = secrets.existing(
                context.options().passwordFile(),
                "Passphrase of the key of '" + Plain.text(locked.file().label()) + "': ");
        try {
            return open(locked.file().unlock(passphrase), destinations);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private AccessKey open(PersonalKey own, Destinations destinations) throws IOException {
        try (own) {
            Destinations.Unlocked unlocked = destinations.unlockSlot(own);
            if (!unlocked.isProven()) {
                try {
                    new OwnerCheck(context)
                            .require(
                                    unlocked.key(),
                                    destinations.reached().get(0).location());
                } catch (IOException | RuntimeException e) {
                    unlocked.key().close();
                    throw e;
                }
            }
            return unlocked.key();
        }
    }

    /** Asks for one line after the other; a line that is not as it was printed is asked for again. */
    private HeldKey typed() throws IOException {
        Surroundings.Prompt prompt = context.surroundings()
                .prompt()
                .orElseThrow(
                        () -> new UsageException("There is no terminal to type the lines of the paper: write them to a"
                                + " file that begins with the line '" + PaperForm.title()
                                + "', numbered as on the paper, and use"
                                + " --key-file."));
        try (PaperForm.Typing typing = new PaperForm.Typing()) {
            while (!typing.isComplete()) {
                char[] line = prompt.secret("Line " + typing.next() + " of the paper: ")
                        .orElseThrow(() -> new UsageException("The paper was not typed to its end."));
                try {
                    if (line.length == 0) {
                        throw new UsageException("The paper was not typed to its end.");
                    }
                    typing.add(line);
                } catch (MistypedException e) {
                    context.output().warning(e.getMessage());
                } finally {
                    Arrays.fill(line, '\0');
                }
            }
            return typing.finish("The key on paper");
        }
    }
}
