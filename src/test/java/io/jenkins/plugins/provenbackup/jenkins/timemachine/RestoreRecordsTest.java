package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of restores is only ever appended to. */
class RestoreRecordsTest {

    @TempDir
    private Path directory;

    private static RestoreRecord record(String event, String user) {
        return new RestoreRecord(
                RestoreRecords.now(),
                event,
                "0123",
                user,
                new RestoreRecord.Subject("jenkins-home", "abcdef", "jobs/a\nb", "/mnt/nas", "a"),
                "it \"worked\"");
    }

    @Test
    void newestComeFirstAndEarlierLinesStay() throws Exception {
        Path file = directory.resolve("proven-backup/restores.jsonl");
        RestoreRecords records = new RestoreRecords(file);
        records.add(record("begun", "alice"));
        String first = Files.readString(file);
        records.add(record("done", "bob"));

        assertThat(Files.readString(file)).startsWith(first);
        assertThat(Files.readAllLines(file)).hasSize(2);
        assertThat(new RestoreRecords(file).newest())
                .extracting(RestoreRecord::getUser)
                .containsExactly("bob", "alice");
        assertThat(records.newest().get(0).getPath()).isEqualTo("jobs/a\nb");
    }

    @Test
    void lineCutShortIsPassedOver() throws Exception {
        Path file = directory.resolve("restores.jsonl");
        RestoreRecords records = new RestoreRecords(file);
        records.add(record("begun", "alice"));
        Files.writeString(file, "{\"time\":\"20\n", StandardOpenOption.APPEND);
        records.add(record("done", "alice"));

        assertThat(records.newest()).hasSize(2);
    }

    @Test
    void whatCannotBeRecordedIsSaid() throws Exception {
        Path blocked = Files.writeString(directory.resolve("blocked"), "");
        assertThatThrownBy(() -> new RestoreRecords(blocked.resolve("restores.jsonl")).add(record("begun", "alice")))
                .isInstanceOf(IOException.class);
    }
}
