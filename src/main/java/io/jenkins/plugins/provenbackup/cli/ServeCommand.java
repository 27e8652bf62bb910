package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.serve.SnapshotServer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        sortOptions = false,
        description = "Show all snapshots as a read-only WebDAV share and web pages on this machine, until Ctrl-C.",
        footer = {
            "",
            "The address holds a secret: who knows it can read every snapshot as long as the command runs. It is reached"
                    + " from this machine only. Symbolic links are shown as text files that hold their target."
        })
final class ServeCommand implements Callable<Integer> {

    private static final int LAST_PORT = 65535;

    private final Context context;

    @Option(names = "--port", paramLabel = "N", description = "Listen on this port. Default: any that is free.")
    private int port;

    ServeCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (port < 0 || port > LAST_PORT) {
            throw new UsageException("--port is 1 to " + LAST_PORT + ", not " + port + ".");
        }
        try (OpenRepository repository = new Opening(context).repository()) {
            RecoveryKey recovery = Opening.recovery(repository.key(), "read content");
            repository.snapshots();
            SnapshotServer.Request request = new SnapshotServer.Request(
                    repository.replicas(),
                    recovery,
                    port,
                    problem -> context.output().warning(problem));
            try (SnapshotServer server = SnapshotServer.start(request, context.clock())) {
                tell(server);
                awaitInterrupt();
            }
        }
        return ExitStatus.DONE.code();
    }

    private void tell(SnapshotServer server) {
        if (context.output().isJson()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("address", server.address().toString());
            document.put("port", server.address().getPort());
            context.output().document(document);
        } else {
            context.output().line("Serving on " + server.address());
            context.output().line("Open it in a browser or a WebDAV client; Ctrl-C ends it.");
        }
        context.surroundings().out().flush();
    }

    /** The interrupt is how serving is meant to end. */
    private static void awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            return;
        }
    }
}
