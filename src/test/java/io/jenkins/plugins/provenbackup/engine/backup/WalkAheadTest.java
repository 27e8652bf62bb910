package io.jenkins.plugins.provenbackup.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.source.FileTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.SourceItem;
import io.jenkins.plugins.provenbackup.engine.source.SourceWalk;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class WalkAheadTest {

    private static final int FILES = 3000;

    @TempDir
    private Path temp;

    @BeforeEach
    void aTree() throws IOException {
        for (int i = 0; i < FILES; i++) {
            Path directory = Files.createDirectories(temp.resolve("d" + i % 7));
            Files.createFile(directory.resolve("f" + i));
        }
    }

    @Test
    void givesWhatTheWalkGivesInItsOrder() throws Exception {
        List<String> alone = new ArrayList<>();
        try (SourceWalk walk = walk()) {
            collect(walk, alone);
        }
        List<String> ahead = new ArrayList<>();
        try (WalkAhead walk = WalkAhead.of(walk())) {
            collect(walk, ahead);
            assertThat(walk.next()).as("at the end and ever after").isEmpty();
        }
        assertThat(alone).hasSize(FILES + 8);
        assertThat(ahead).isEqualTo(alone);
    }

    @Test
    void aWalkThatIsSlowHandsOverWhatItHas() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        SourceItem item;
        try (SourceWalk one = walk()) {
            item = one.next().orElseThrow();
        }
        AtomicInteger calls = new AtomicInteger();
        SourceWalk slow = walkOf(() -> {
            if (calls.incrementAndGet() > 3) {
                goOn.await();
                return Optional.empty();
            }
            Thread.sleep(60);
            return Optional.of(item);
        });
        try (WalkAhead walk = WalkAhead.of(slow)) {
            for (int i = 0; i < 3; i++) {
                assertThat(walk.next()).isPresent();
            }
            goOn.countDown();
            assertThat(walk.next()).isEmpty();
        }
    }

    @Test
    void whatTheWalkThrowsComesAfterWhatItFound() throws Exception {
        SourceItem item;
        try (SourceWalk one = walk()) {
            item = one.next().orElseThrow();
        }
        AtomicInteger calls = new AtomicInteger();
        IOException cause = new IOException("the parent cannot be read");
        SourceWalk failing = walkOf(() -> {
            if (calls.incrementAndGet() > 2) {
                throw new UncheckedIOException(cause);
            }
            return Optional.of(item);
        });
        try (WalkAhead walk = WalkAhead.of(failing)) {
            assertThat(walk.next()).isPresent();
            assertThat(walk.next()).isPresent();
            assertThatThrownBy(walk::next)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCause(cause);
            assertThatThrownBy(walk::next).as("and ever after").isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void closingEndsAWalkThatIsFarAheadAndClosesIt() throws Exception {
        SourceItem item;
        try (SourceWalk one = walk()) {
            item = one.next().orElseThrow();
        }
        AtomicReference<Thread> walker = new AtomicReference<>();
        CountDownLatch closed = new CountDownLatch(1);
        WalkAhead walk = WalkAhead.of(new SourceWalk() {
            @Override
            public Optional<SourceItem> next() {
                walker.set(Thread.currentThread());
                return Optional.of(item);
            }

            @Override
            public void close() {
                closed.countDown();
            }
        });
        assertThat(walk.next()).isPresent();
        walk.close();
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        walker.get().join(10_000);
        assertThat(walker.get().isAlive()).isFalse();
    }

    @Test
    void anInterruptEndsTheWaitForAWalkThatHangs() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (WalkAhead walk = WalkAhead.of(walkOf(() -> {
            never.await();
            return Optional.empty();
        }))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(walk::next).isInstanceOf(InterruptedException.class);
        }
    }

    private interface Next {
        Optional<SourceItem> next() throws InterruptedException;
    }

    private static SourceWalk walkOf(Next next) {
        return new SourceWalk() {
            @Override
            public Optional<SourceItem> next() throws InterruptedException {
                return next.next();
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }

    private SourceWalk walk() throws Exception {
        return new FileTreeSource(List.of(temp), WalkOptions.ALL).walk(problem -> {
            throw new AssertionError(problem.message());
        });
    }

    private static void collect(SourceWalk walk, List<String> paths) throws InterruptedException {
        for (Optional<SourceItem> next = walk.next(); next.isPresent(); next = walk.next()) {
            paths.add(next.get().node().path().toString());
        }
    }
}
