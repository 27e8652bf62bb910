package io.jenkins.plugins.provenbackup.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.source.FileTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.Source;
import io.jenkins.plugins.provenbackup.engine.source.StreamSource;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookAheadTest {

    @TempDir
    Path temp;

    private final BlockingQueue<String> expected = new LinkedBlockingQueue<>();

    @Test
    void tellsHowMuchThereIs() throws Exception {
        Files.write(Files.createDirectory(temp.resolve("d")).resolve("f"), new byte[1000]);
        Files.write(temp.resolve("g"), new byte[234]);
        Source source = new FileTreeSource(List.of(temp), WalkOptions.ALL);

        try (LookAhead ahead = LookAhead.over(source, watcher(ProgressListener.Foresight.WANTED))) {
            ahead.start();
            assertThat(expected.poll(1, TimeUnit.MINUTES)).isEqualTo("4 entries, 1234 bytes");
        }
    }

    @Test
    void doesNotLookWhereNobodyWatches() throws Exception {
        Source source = new FileTreeSource(List.of(temp.resolve("absent")), WalkOptions.ALL);

        try (LookAhead ahead = LookAhead.over(source, watcher(ProgressListener.Foresight.NOT_NEEDED))) {
            ahead.start();
            assertThat(expected).isEmpty();
        }
    }

    @Test
    void leavesAStreamForTheBackup() throws Exception {
        Source stream = new StreamSource(EntryPath.parse("dump"), new ByteArrayInputStream(new byte[10]));

        try (LookAhead ahead = LookAhead.over(stream, watcher(ProgressListener.Foresight.WANTED))) {
            ahead.start();
        }

        assertThat(stream.walk(problem -> {}).next()).isNotEqualTo(Optional.empty());
    }

    private ProgressListener watcher(ProgressListener.Foresight foresight) {
        return new ProgressListener() {
            @Override
            public Foresight foresight() {
                return foresight;
            }

            @Override
            public void expect(long entries, long bytes) {
                expected.add(entries + " entries, " + bytes + " bytes");
            }
        };
    }
}
