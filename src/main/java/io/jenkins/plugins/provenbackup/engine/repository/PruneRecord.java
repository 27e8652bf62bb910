package io.jenkins.plugins.provenbackup.engine.repository;

import com.fasterxml.jackson.jr.ob.JSON;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.RepositoryId;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a prune says will be deleted (repository format, section 11). It is not signed: a false one costs space and time,
 * nothing else, since nothing is deleted that is still named.
 *
 * @param repository which repository
 * @param created the clock of whoever ran the prune
 * @param archives archives that are condemned
 * @param catalogs catalog objects and twins that are condemned
 * @param manifests objects under {@code snapshots/} that a higher generation replaced
 * @param runs runs whose objects go
 * @param seen runs by their ids, with the number of the newest object that the prune saw
 */
public record PruneRecord(
        RepositoryId repository,
        Instant created,
        List<ObjectHash> archives,
        List<ObjectHash> catalogs,
        List<ManifestName> manifests,
        List<RunId> runs,
        Map<RunId, Integer> seen) {

    private static final int FORMAT = 1;

    public PruneRecord {
        archives = List.copyOf(archives);
        catalogs = List.copyOf(catalogs);
        manifests = List.copyOf(manifests);
        runs = List.copyOf(runs);
        seen = Map.copyOf(seen);
    }

    /** A record that condemns nothing: its time stamp is what others are compared with. */
    public static PruneRecord marker(RepositoryId repository, Instant created) {
        return new PruneRecord(repository, created, List.of(), List.of(), List.of(), List.of(), Map.of());
    }

    /** Whether nothing is condemned. */
    public boolean isEmpty() {
        return archives.isEmpty() && catalogs.isEmpty() && manifests.isEmpty() && runs.isEmpty();
    }

    /** How many objects, each run counted as one. */
    public int size() {
        return archives.size() + catalogs.size() + manifests.size() + runs.size();
    }

    byte[] encode() throws IOException {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("format", FORMAT);
        record.put("repository", repository.hex());
        record.put("created", created.toString());
        record.put("archives", archives.stream().map(ObjectHash::toString).toList());
        record.put("catalogs", catalogs.stream().map(ObjectHash::toString).toList());
        record.put("manifests", manifests.stream().map(ManifestName::object).toList());
        record.put("runs", runs.stream().map(RunId::hex).toList());
        Map<String, Integer> numbers = new TreeMap<>();
        seen.forEach((run, number) -> numbers.put(run.hex(), number));
        record.put("seen", numbers);
        return JSON.std.asString(record).getBytes(StandardCharsets.UTF_8);
    }

    static PruneRecord decode(byte[] content, String name) throws DamagedException {
        try {
            JsonDocument document = JsonDocument.parse(new String(content, StandardCharsets.UTF_8));
            if (document.number("format") != FORMAT) {
                throw new IOException("it is of another format");
            }
            List<ManifestName> manifests = new ArrayList<>();
            for (String object : textsIfAny(document, "manifests")) {
                manifests.add(ManifestName.parse(object).orElseThrow(() -> new IOException("it names no manifest")));
            }
            Map<RunId, Integer> seen = new LinkedHashMap<>();
            if (document.find("seen").orElse(null) instanceof Map<?, ?> numbers) {
                for (Map.Entry<?, ?> entry : numbers.entrySet()) {
                    seen.put(new RunId((String) entry.getKey()), ((Number) entry.getValue()).intValue());
                }
            }
            return new PruneRecord(
                    new RepositoryId(document.text("repository")),
                    Instant.parse(document.text("created")),
                    hashes(document, "archives"),
                    hashes(document, "catalogs"),
                    manifests,
                    textsIfAny(document, "runs").stream().map(RunId::new).toList(),
                    seen);
        } catch (IOException | ClassCastException | IllegalArgumentException | DateTimeException e) {
            throw new DamagedException(name + " cannot be read, so nobody can tell which archives are about to be"
                    + " deleted. Delete this file when no prune is running, then try again.");
        }
    }

    private static List<ObjectHash> hashes(JsonDocument document, String member) throws IOException {
        return texts(document, member).stream().map(ObjectHash::parse).toList();
    }

    private static List<String> texts(JsonDocument document, String member) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Object text : document.list(member)) {
            texts.add((String) text);
        }
        return texts;
    }

    private static List<String> textsIfAny(JsonDocument document, String member) throws IOException {
        return document.find(member).isEmpty() ? List.of() : texts(document, member);
    }
}
