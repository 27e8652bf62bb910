package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/** A stream, for instance standard input, as one file. It can be walked once; the stream is not closed. */
public final class StreamSource implements Source {

    private final EntryPath name;
    private final InputStream stream;
    private final AtomicBoolean walked = new AtomicBoolean();

    /** @throws IllegalArgumentException when the name is not exactly one component */
    public StreamSource(EntryPath name, InputStream stream) {
        this.name = SingleItemWalk.requireOneComponent(name);
        this.stream = stream;
    }

    @Override
    public SourceWalk walk(SourceProblems problems) throws SourceException {
        if (!walked.compareAndSet(false, true)) {
            throw new SourceException("the stream of '" + name + "' can be read only once");
        }
        return new SingleItemWalk(new StreamItem(name, Content::new));
    }

    private final class Content implements SourceContent {

        private final InputPump pump = new InputPump(stream, "reads stream " + name);
        private boolean open = true;

        @Override
        public int read(ByteBuffer target) throws IOException {
            return pump.read(target);
        }

        @Override
        public boolean changed() {
            return false;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
            pump.close();
        }
    }
}
