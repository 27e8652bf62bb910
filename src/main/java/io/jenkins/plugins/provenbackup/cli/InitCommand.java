package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.OpenDestinations;
import io.jenkins.plugins.provenbackup.engine.keys.Init;
import io.jenkins.plugins.provenbackup.engine.keys.InitRequest;
import io.jenkins.plugins.provenbackup.engine.keys.InitResult;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "init",
        sortOptions = false,
        description = "Create a repository, with the same keys at every -r.",
        footer = {
            "",
            "Where some -r hold a repository already and the passphrase opens it, the others become further destinations"
                    + " of it."
        })
final class InitCommand implements Callable<Integer> {

    private final Context context;

    @Option(
            names = "--label",
            paramLabel = "TEXT",
            description = "What the first key slot is called. Default: user@host.")
    private String label;

    InitCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Opening opening = new Opening(context);
        if (context.options().keyFile().isPresent()) {
            throw new UsageException("init makes new keys: give a passphrase for them, no --key-file.");
        }
        var open = opening.request().withMode(OpenMode.CREATE);
        char[] passphrase = opening.secrets()
                .fresh(
                        context.options().passwordFile(),
                        Secrets.PASSWORD,
                        "Passphrase for the repository: ",
                        "--password-file or " + Secrets.PASSWORD);
        try {
            show(Init.run(
                    new InitRequest(
                            open, passphrase, label == null ? Whoami.of(context).toString() : label),
                    context.clock()));
        } finally {
            Arrays.fill(passphrase, '\0');
        }
        putFirstPages(opening);
        return ExitStatus.DONE.code();
    }

    private void putFirstPages(Opening opening) throws InterruptedException {
        try (Destinations destinations = OpenDestinations.run(opening.request())) {
            new RecoveryPages(context).putFirst(destinations.reached());
        } catch (IOException e) {
            context.output().warning("RECOVERY.md was not written, which harms no backup: " + Messages.of(e));
        }
    }

    private void show(InitResult result) {
        Output output = context.output();
        if (output.isJson()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("repository", result.repository().hex());
            document.put("created", result.created());
            document.put("existing", result.existing());
            output.document(document);
            return;
        }
        result.created()
                .forEach(location -> output.line(
                        "created repository " + result.repository().hex().substring(0, 8) + " at " + location));
        result.existing().forEach(location -> output.line("was there already at " + location));
        output.line("");
        output.line("Without the passphrase nobody can restore anything: keep it where a fire, or the loss of this"
                + " machine, does not reach it.");
    }
}
