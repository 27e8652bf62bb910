package io.jenkins.plugins.provenbackup.engine;

import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.source.Source;
import io.jenkins.plugins.provenbackup.engine.source.SourceContent;
import io.jenkins.plugins.provenbackup.engine.source.SourceException;
import io.jenkins.plugins.provenbackup.engine.source.SourceItem;
import io.jenkins.plugins.provenbackup.engine.source.SourceProblems;
import io.jenkins.plugins.provenbackup.engine.source.SourceWalk;
import io.jenkins.plugins.provenbackup.engine.source.UnreadableItemException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** A source that waits before each entry, and can do something or fail when a file is opened. */
final class SlowSource implements Source {

    private final Source source;
    private final Duration pause;
    private final Opened opened;

    /** Hears of files that are about to be read. */
    interface Opened {
        void opened(String path) throws Exception;
    }

    SlowSource(Source source, Duration pause) {
        this(source, pause, path -> {});
    }

    private SlowSource(Source source, Duration pause, Opened opened) {
        this.source = source;
        this.pause = pause;
        this.opened = opened;
    }

    /** The same, which tells before each file is opened. */
    SlowSource telling(Opened listener) {
        return new SlowSource(source, pause, listener);
    }

    @Override
    public SourceWalk walk(SourceProblems problems) throws SourceException, InterruptedException {
        SourceWalk walk = source.walk(problems);
        return new SourceWalk() {
            @Override
            public Optional<SourceItem> next() throws InterruptedException {
                Thread.sleep(pause.toMillis());
                return walk.next().map(Watched::new);
            }

            @Override
            public void close() {
                walk.close();
            }
        };
    }

    /** An item whose opening is told. */
    private final class Watched implements SourceItem {
        private final SourceItem item;

        Watched(SourceItem item) {
            this.item = item;
        }

        @Override
        public Node node() {
            return item.node();
        }

        @Override
        public OptionalLong size() {
            return item.size();
        }

        @Override
        public Node complete() throws UnreadableItemException {
            return item.complete();
        }

        @Override
        public SourceContent open() throws UnreadableItemException, SourceException {
            try {
                opened.opened(item.node().path().toString());
            } catch (SourceException e) {
                throw e;
            } catch (Exception e) {
                throw new SourceException("the test failed", e);
            }
            return item.open();
        }

        @Override
        public Optional<SourceItem> again() throws UnreadableItemException {
            return item.again().map(Watched::new);
        }
    }
}
