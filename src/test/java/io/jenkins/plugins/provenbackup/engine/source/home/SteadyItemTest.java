package io.jenkins.plugins.provenbackup.engine.source.home;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Metadata;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.source.SourceContent;
import io.jenkins.plugins.provenbackup.engine.source.SourceItem;
import io.jenkins.plugins.provenbackup.engine.source.SourceWalk;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SteadyItemTest {

    @TempDir
    private Path home;

    @Test
    void aFileThatHoldsStillIsReadAtOnce() throws Exception {
        SourceItem item = item("<hudson/>");

        try (SourceContent content = item.open()) {
            assertThat(text(content)).isEqualTo("<hudson/>");
            assertThat(content.changed()).isFalse();
        }
    }

    @Test
    void twoReadingsThatDifferAreAChangeEvenWhenTheFileLooksTheSame() throws Exception {
        SourceItem item = item("<hudson>1</hudson>");
        Path file = home.resolve("config.xml");
        FileTime time = Files.getLastModifiedTime(file);

        try (SourceContent content = item.open()) {
            // Between the two readings; the second one reads the file as it is now.
            Files.writeString(file, "<hudson>2</hudson>");
            Files.setLastModifiedTime(file, time);
            assertThat(text(content)).isEqualTo("<hudson>2</hudson>");
            assertThat(content.changed()).isTrue();
        }
    }

    @Test
    void readsAgainUntilTwoReadingsAgree() throws Exception {
        SourceItem item =
                new SteadyItem(new Written(List.of("<a>1", "<a>1", "<a>12", "<a>12</a>", "<a>12</a>", "later"), 0));

        SourceItem again = item.again().orElseThrow();

        try (SourceContent content = again.open()) {
            assertThat(text(content)).isEqualTo("<a>12</a>");
            assertThat(content.changed()).isFalse();
            assertThat(again.node().size()).isEqualTo("<a>12</a>".length());
        }
    }

    @Test
    void givesUpOnAFileThatNeverHoldsStill() throws Exception {
        List<String> versions = IntStream.range(0, 200).mapToObj(i -> "<a>" + i).toList();

        SourceItem again = new SteadyItem(new Written(versions, 0)).again().orElseThrow();

        assertThat(versions).contains(text(again.open()));
    }

    @Test
    void answersToAnInterruptByTheNextReading() throws Exception {
        SourceItem item = item("<hudson/>");
        Thread.currentThread().interrupt();

        Optional<SourceItem> again = item.again();

        assertThat(again).isPresent();
        assertThat(Thread.interrupted()).isTrue();
    }

    /** A file that another program is writing: each look finds the next version. */
    private record Written(List<String> versions, int now) implements SourceItem {

        @Override
        public Node node() {
            Metadata metadata = new Metadata(0644, 0, 0, "", "", Instant.EPOCH, Instant.EPOCH, 1, 0, List.of());
            EntryPath path = EntryPath.parse("config.xml");
            return new Node(path, EntryType.FILE, metadata, versions.get(now).length(), ByteString.EMPTY);
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.of(node().size());
        }

        @Override
        public Node complete() {
            return node();
        }

        @Override
        public SourceContent open() {
            ReadableByteChannel bytes = Channels.newChannel(
                    new ByteArrayInputStream(versions.get(now).getBytes(StandardCharsets.UTF_8)));
            return new SourceContent() {
                @Override
                public boolean changed() {
                    return false;
                }

                @Override
                public int read(ByteBuffer target) throws IOException {
                    return bytes.read(target);
                }

                @Override
                public boolean isOpen() {
                    return bytes.isOpen();
                }

                @Override
                public void close() throws IOException {
                    bytes.close();
                }
            };
        }

        @Override
        public Optional<SourceItem> again() {
            return Optional.of(new Written(versions, now + 1));
        }
    }

    private SourceItem item(String text) throws Exception {
        Files.writeString(home.resolve("config.xml"), text);
        Files.createDirectories(home.resolve("jobs"));
        JenkinsHomeSource source =
                new JenkinsHomeSource(home, EnumSet.allOf(HomeSection.class), new UnfinishedBuilds(), WalkOptions.ALL);
        try (SourceWalk walk = source.walk(problem -> {})) {
            while (true) {
                SourceItem item = walk.next().orElseThrow();
                if (item.node().path().toString().equals("config.xml")) {
                    return item;
                }
            }
        }
    }

    private static String text(SourceContent content) throws Exception {
        return new String(Channels.newInputStream(content).readAllBytes(), StandardCharsets.UTF_8);
    }
}
