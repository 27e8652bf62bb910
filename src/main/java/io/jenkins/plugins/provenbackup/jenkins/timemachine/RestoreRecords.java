package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who restored what, from where and to where: a file that is only ever appended to, one JSON object a line, forced to the disk before
 * anything is restored. Thread-safe within one Jenkins.
 */
final class RestoreRecords {

    private static final int SHOWN = 500;

    private final Path file;

    RestoreRecords(Path file) {
        this.file = file;
    }

    /** Those of this Jenkins. */
    static RestoreRecords ofController() {
        return new RestoreRecords(PresentItems.home().resolve("proven-backup").resolve("restores.jsonl"));
    }

    /**
     * Adds a line.
     *
     * @throws IOException when it cannot be written; then nothing must be restored
     */
    void add(RestoreRecord record) throws IOException {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("time", record.getTime());
        members.put("event", record.getEvent());
        members.put("id", record.getId());
        members.put("user", record.getUser());
        members.put("source", record.getSource());
        members.put("snapshot", record.getSnapshot());
        members.put("path", record.getPath());
        members.put("from", record.getFrom());
        members.put("to", record.getTo());
        members.put("detail", record.getDetail());
        byte[] line = (JSON.std.asString(members) + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (RestoreRecords.class) {
            Files.createDirectories(file.getParent());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                ByteBuffer buffer = ByteBuffer.wrap(line);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
        }
    }

    /** The newest ones, the newest first; lines that cannot be read are passed over. */
    List<RestoreRecord> newest() throws IOException {
        Deque<String> last = new ArrayDeque<>();
        if (!Files.exists(file)) {
            return List.of();
        }
        try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
            lines.forEach(line -> {
                last.addFirst(line);
                if (last.size() > SHOWN) {
                    last.removeLast();
                }
            });
        }
        List<RestoreRecord> records = new ArrayList<>();
        for (String line : last) {
            try {
                records.add(record(JSON.std.mapFrom(line)));
            } catch (IOException e) {
                // Cut short when the disk was full: what could be written of it is kept for people.
            }
        }
        return records;
    }

    private static RestoreRecord record(Map<String, Object> members) {
        return new RestoreRecord(
                text(members, "time"),
                text(members, "event"),
                text(members, "id"),
                text(members, "user"),
                new RestoreRecord.Subject(
                        text(members, "source"),
                        text(members, "snapshot"),
                        text(members, "path"),
                        text(members, "from"),
                        text(members, "to")),
                text(members, "detail"));
    }

    private static String text(Map<String, Object> members, String name) {
        return String.valueOf(members.getOrDefault(name, ""));
    }

    /** The time of a new record. */
    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
