package io.jenkins.plugins.provenbackup.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.Laboratory;
import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Metadata;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.repository.RunId;
import io.jenkins.plugins.provenbackup.engine.transfer.Uploads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunJournalTest {

    /** More than may wait for an archive. */
    private static final int MANY = 20_001;

    @TempDir
    Path temp;

    @Test
    void sendsAnArchiveOfManySmallFilesBeforeItIsFull() throws Exception {
        try (Laboratory laboratory = Laboratory.at(temp);
                Uploads uploads = new Uploads(laboratory.replicas(), Duration.ofSeconds(1), (replica, archive) -> {});
                RunJournal journal = journal(laboratory)) {
            journal.start(uploads);
            addMany(journal);
            assertThat(journal.wantsArchive()).isTrue();
        }
    }

    /** Without a destination no archive is ever stored, so what waited for one would wait for ever. */
    @Test
    void keepsNothingInADryRun() throws Exception {
        try (Laboratory laboratory = Laboratory.at(temp);
                RunJournal journal = journal(laboratory)) {
            addMany(journal);
            journal.content(new byte[100]);
            assertThat(journal.wantsArchive()).isFalse();
        }
    }

    private static RunJournal journal(Laboratory laboratory) {
        return new RunJournal(RunId.random(), laboratory.key(), BackupTuning.standard(), Clock.systemUTC());
    }

    private static void addMany(RunJournal journal) throws IOException {
        Metadata metadata = new Metadata(0644, 0, 0, "", "", Instant.EPOCH, Instant.EPOCH, 0, 0, List.of());
        for (int number = 0; number < MANY; number++) {
            EntryPath path = EntryPath.parse("file" + number);
            journal.done(Entry.of(new Node(path, EntryType.FILE, metadata, 0, ByteString.EMPTY)), 1);
        }
    }
}
