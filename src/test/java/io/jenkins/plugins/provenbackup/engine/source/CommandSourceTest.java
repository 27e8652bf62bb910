package io.jenkins.plugins.provenbackup.engine.source;

import static io.jenkins.plugins.provenbackup.engine.source.Walked.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CommandSourceTest {

    @Test
    void readsWhatACommandWrites() throws Exception {
        Walked walked = Walked.of(command("echo noise >&2; printf 'a dump'"));
        SourceItem item = walked.item("dump.sql");

        assertThat(walked.items()).hasSize(1);
        assertThat(item.size()).isEmpty();
        assertThat(item.node().metadata().mode()).isEqualTo(0600);
        try (SourceContent content = item.open()) {
            assertThat(SourceContentTest.read(content)).isEqualTo("a dump");
            assertThat(content.changed()).isFalse();
        }
        assertThat(item.again()).isEmpty();
    }

    @Test
    void failsWhenTheCommandDoes() throws Exception {
        SourceItem item = Walked.of(command("printf part; echo 'no such table' >&2; exit 3"))
                .item("dump.sql");

        try (SourceContent content = item.open()) {
            assertThatThrownBy(() -> SourceContentTest.read(content))
                    .isInstanceOf(SourceException.class)
                    .hasMessage("the command 'sh' ended with status 3 and said: no such table");
        }
    }

    @Test
    void failsWhenTheCommandCannotBeStarted() throws Exception {
        SourceItem item = Walked.of(new CommandSource(entry("x"), new ProcessBuilder("/none/such")))
                .item("x");

        assertThatThrownBy(item::open).isInstanceOf(SourceException.class).hasMessageContaining("/none/such");
    }

    @Test
    void isEndedByAnInterrupt() throws Exception {
        SourceContent content =
                Walked.of(command("exec sleep 1000")).item("dump.sql").open();
        try (content) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> content.read(ByteBuffer.allocate(1)))
                    .isInstanceOf(ClosedByInterruptException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void readsAStreamOnce() throws Exception {
        String text = "text ".repeat(200_000);
        StreamSource source =
                new StreamSource(entry("stdin"), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));

        try (SourceContent content = Walked.of(source).item("stdin").open()) {
            assertThat(SourceContentTest.read(content)).isEqualTo(text);
        }
        assertThatThrownBy(() -> Walked.of(source)).isInstanceOf(SourceException.class);
    }

    @Test
    void saysThatAStreamBroke() throws Exception {
        try (PipedInputStream in = new PipedInputStream()) {
            PipedOutputStream out = new PipedOutputStream(in);
            Thread writer = new Thread(() -> {
                try {
                    out.write(1);
                    out.flush();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            writer.start();
            writer.join();
            try (SourceContent content =
                    Walked.of(new StreamSource(entry("x"), in)).item("x").open()) {
                // The writer is dead without having closed its end.
                assertThatThrownBy(() -> SourceContentTest.read(content)).hasMessageContaining("dead");
            }
        }
    }

    private static CommandSource command(String script) {
        return new CommandSource(entry("dump.sql"), new ProcessBuilder("sh", "-c", script));
    }
}
