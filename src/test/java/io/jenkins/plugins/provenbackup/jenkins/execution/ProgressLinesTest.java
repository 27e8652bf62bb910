package io.jenkins.plugins.provenbackup.jenkins.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engine's progress becomes a few lines of a log, and nothing that goes wrong with these reaches the engine. */
@Timeout(60)
class ProgressLinesTest {

    private final List<String> said = new CopyOnWriteArrayList<>();

    @Test
    void aDayMakesFewLinesAndTheFirstComesSoon() {
        long at = 10_000;
        int lines = 1;
        while (at < Duration.ofDays(1).toMillis()) {
            at += ProgressLines.pause(at);
            lines++;
        }
        assertThat(lines).isLessThan(100);
        assertThat(ProgressLines.pause(10_000)).isEqualTo(10_000);
        assertThat(ProgressLines.pause(Duration.ofHours(10).toMillis())).isEqualTo(1_800_000);
    }

    @Test
    void aLineTellsShareRateAndTimeLeft() {
        assertThat(ProgressLines.line("reading", 1234, 50L << 20, 50L << 20, 5000, 200L << 20, 10_000))
                .isEqualTo("reading: 25 %, 1,234 entries, 50.0 MiB, 5.0 MiB/s, 30 s left");
        assertThat(ProgressLines.line("reading", 1, 0, 0, 0, 0, 10_000)).isEqualTo("reading: 1 entry, 0 B, 0 B/s");
    }

    @Test
    void noticesComeInOrderAreCountedAndThenItSaysThatItHasEnded() {
        try (ProgressLines lines = new ProgressLines(sink())) {
            for (int i = 0; i < 3 * ProgressLines.MOST_NOTICES; i++) {
                lines.notice("notice " + i);
            }
        }
        assertThat(said)
                .hasSize(ProgressLines.MOST_NOTICES + 1)
                .startsWith("notice 0", "notice 1")
                .endsWith("ENDED");
        assertThat(said.get(ProgressLines.MOST_NOTICES - 1)).contains("and more");
    }

    @Test
    void aControllerThatIsGoneDisturbsNothing() {
        ProgressSink gone = new ProgressSink() {
            @Override
            public void line(String text) {
                throw new IllegalStateException("the channel is closed");
            }

            @Override
            public void ended() {
                throw new IllegalStateException("the channel is closed");
            }
        };
        try (ProgressLines lines = new ProgressLines(gone)) {
            lines.notice("something");
            lines.phase(ProgressListener.Phase.READING);
        }
        assertThat(said).isEmpty();
    }

    @Test
    void anInterruptThatIsMeantForTheEngineIsStillThereAfterwards() {
        Thread.currentThread().interrupt();
        try (ProgressLines lines = new ProgressLines(sink())) {
            lines.notice("last words");
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(said).containsExactly("last words", "ENDED");
    }

    private ProgressSink sink() {
        return new ProgressSink() {
            @Override
            public void line(String text) {
                said.add(text);
            }

            @Override
            public void ended() {
                said.add("ENDED");
            }
        };
    }
}
