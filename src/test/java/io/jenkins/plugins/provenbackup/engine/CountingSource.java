package io.jenkins.plugins.provenbackup.engine;

import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.source.Source;
import io.jenkins.plugins.provenbackup.engine.source.SourceContent;
import io.jenkins.plugins.provenbackup.engine.source.SourceException;
import io.jenkins.plugins.provenbackup.engine.source.SourceItem;
import io.jenkins.plugins.provenbackup.engine.source.SourceProblems;
import io.jenkins.plugins.provenbackup.engine.source.SourceWalk;
import io.jenkins.plugins.provenbackup.engine.source.UnreadableItemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A source that counts what is asked of its items. */
final class CountingSource implements Source {

    /** What was asked; counts of several sources may share one. Safe for several threads. */
    static final class Counts {

        /** Items of which owner, links and attributes were asked. */
        final AtomicInteger completed = new AtomicInteger();

        final AtomicInteger opened = new AtomicInteger();
        final AtomicLong bytes = new AtomicLong();

        void reset() {
            completed.set(0);
            opened.set(0);
            bytes.set(0);
        }
    }

    private final Source inner;
    private final Counts counts;

    CountingSource(Source inner, Counts counts) {
        this.inner = inner;
        this.counts = counts;
    }

    @Override
    public Passes passes() {
        return inner.passes();
    }

    @Override
    public SourceWalk walk(SourceProblems problems) throws SourceException, InterruptedException {
        SourceWalk walk = inner.walk(problems);
        return new SourceWalk() {
            @Override
            public Optional<SourceItem> next() throws InterruptedException {
                return walk.next().map(item -> new CountingItem(item, counts));
            }

            @Override
            public void close() {
                walk.close();
            }
        };
    }

    private record CountingItem(SourceItem inner, Counts counts) implements SourceItem {

        @Override
        public Node node() {
            return inner.node();
        }

        @Override
        public OptionalLong size() {
            return inner.size();
        }

        @Override
        public Node complete() throws UnreadableItemException {
            counts.completed.incrementAndGet();
            return inner.complete();
        }

        @Override
        public SourceContent open() throws UnreadableItemException, SourceException {
            counts.opened.incrementAndGet();
            return new CountingContent(inner.open(), counts);
        }

        @Override
        public Optional<SourceItem> again() throws UnreadableItemException {
            return inner.again();
        }
    }

    private record CountingContent(SourceContent inner, Counts counts) implements SourceContent {

        @Override
        public int read(ByteBuffer buffer) throws IOException {
            int count = inner.read(buffer);
            counts.bytes.addAndGet(Math.max(0, count));
            return count;
        }

        @Override
        public boolean changed() throws IOException {
            return inner.changed();
        }

        @Override
        public boolean isOpen() {
            return inner.isOpen();
        }

        @Override
        public void close() throws IOException {
            inner.close();
        }
    }
}
