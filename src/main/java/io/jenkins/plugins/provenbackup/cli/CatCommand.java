package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.restore.Cat;
import io.jenkins.plugins.provenbackup.engine.restore.CatRequest;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "cat",
        sortOptions = false,
        description = "Write a file of a snapshot to standard output, or a directory as an archive.")
final class CatCommand implements Callable<Integer> {

    private final Context context;

    @Parameters(index = "0", paramLabel = "SNAPSHOT", description = "The snapshot.")
    private String snapshot;

    @Parameters(index = "1", paramLabel = "PATH", description = "What to write; / is all of it, for an archive.")
    private String path;

    @Option(names = "--format", paramLabel = "FORMAT", description = "raw (default, for a file), tar or zip.")
    private String format = "raw";

    CatCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (context.options().isJson()) {
            throw new UsageException("cat writes content, which is no JSON: leave out --json.");
        }
        EntryPath entry = Paths.entry(path);
        CatRequest.Format chosen = format();
        try (OpenRepository repository = new Opening(context).repository()) {
            RecoveryKey recovery = Opening.recovery(repository.key(), "read content");
            Snapshot found = repository.snapshot(snapshot);
            try (SourceKey key = recovery.sourceKey(found.manifest().sourceId()).orElseThrow()) {
                OutputStream out = new BufferedOutputStream(
                        new Honest(context.surroundings().out()), 1 << 16);
                Cat.run(
                        new CatRequest(
                                found.manifest(),
                                key,
                                header -> StreamKey.open(header, recovery),
                                repository.replicas(),
                                entry,
                                chosen),
                        out,
                        (replica, archive, reason) -> context.output().warning(Messages.of(reason)));
                out.flush();
            }
        }
        return ExitStatus.DONE.code();
    }

    private CatRequest.Format format() {
        try {
            return CatRequest.Format.valueOf(format.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--format is raw, tar or zip, not '" + format + "'.");
        }
    }

    /** Standard output that tells when nobody reads it any more. */
    private static final class Honest extends OutputStream {

        private final PrintStream out;

        Honest(PrintStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            if (out.checkError()) {
                throw new IOException(
                        "Standard output was closed, or its disk is full, before everything was written.");
            }
        }

        @Override
        public void flush() throws IOException {
            out.flush();
            if (out.checkError()) {
                throw new IOException(
                        "Standard output was closed, or its disk is full, before everything was written.");
            }
        }
    }
}
