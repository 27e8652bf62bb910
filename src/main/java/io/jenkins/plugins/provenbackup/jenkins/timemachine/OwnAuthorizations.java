package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a job in a snapshot says itself who may do what with it, other than the job that is in its place now. Permissions of the
 * present job would tell wrong then: somebody may have made a job of an old name to see what another of that name once held.
 * Thread-safe; keeps the answers for some thousand jobs.
 */
final class OwnAuthorizations {

    private static final int MOST_KEPT = 5000;
    private static final long LARGEST = 8L << 20;
    private static final List<String> UNKNOWN = List.of("unknown");

    private final OpenHome home;
    private final Map<String, List<String>> kept = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<String>> eldest) {
            return size() > MOST_KEPT;
        }
    };

    OwnAuthorizations(OpenHome home) {
        this.home = home;
    }

    /** Whether a job's directory in a snapshot is ruled as the one in the present home is. */
    boolean isAsNow(Snapshot point, EntryPath item) throws IOException, InterruptedException {
        List<String> then = then(point, item);
        return then.isEmpty() || !then.equals(UNKNOWN) && then.equals(now(item));
    }

    private List<String> then(Snapshot point, EntryPath item) throws IOException, InterruptedException {
        String name = point.id().hex() + item;
        synchronized (kept) {
            List<String> known = kept.get(name);
            if (known != null) {
                return known;
            }
        }
        List<String> found = read(point, item.child("config.xml".getBytes(StandardCharsets.UTF_8)));
        synchronized (kept) {
            kept.put(name, found);
        }
        return found;
    }

    private List<String> read(Snapshot point, EntryPath file) throws IOException, InterruptedException {
        var entry = home.find(point, file);
        if (entry.isEmpty()) {
            return List.of();
        }
        if (entry.get().node().type() != EntryType.FILE || entry.get().node().size() > LARGEST) {
            return UNKNOWN;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        home.write(point, file, out);
        return authorizations(out.toByteArray());
    }

    private static List<String> now(EntryPath item) throws IOException {
        Path file = RawNames.resolve(PresentItems.home(), item).resolve("config.xml");
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? authorizations(Files.readAllBytes(file))
                : List.of();
    }

    private static List<String> authorizations(byte[] xml) {
        try {
            return ItemXml.parse(xml).authorizations();
        } catch (IOException e) {
            // Nobody but an administrator looks into what cannot be understood.
            return UNKNOWN;
        }
    }
}
