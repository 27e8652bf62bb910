package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.catalog.FieldReader;
import io.jenkins.plugins.provenbackup.engine.catalog.FieldWriter;
import io.jenkins.plugins.provenbackup.engine.catalog.MalformedException;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What mirror runs of one source have left at one destination (repository format, section on mirrors): sealed lists of files,
 * and a head that is put last. Losing one costs a longer run and nothing else.
 */
public final class MirrorStates {

    /** A run without a head may still be going on, but not for longer than this after its newest object. */
    static final Duration UNFINISHED = Duration.ofDays(7);

    private static final Pattern NAME = Pattern.compile("mirrors/[0-9a-f]{32}/([0-9a-f]{32})/(head|[0-9]{8})");
    private static final int MOST_FILES = 1 << 20;
    private static final long HEAD = 0xffff_ffffL;

    private final Replica replica;
    private final SourceKey key;

    public MirrorStates(Replica replica, SourceKey key) {
        this.replica = replica;
        this.key = key;
    }

    /** The complete run of the highest sequence for a target. */
    public Optional<MirrorState> newest(String target) throws IOException {
        MirrorState newest = null;
        for (MirrorState state : complete()) {
            if (state.target().equals(target) && (newest == null || state.sequence() > newest.sequence())) {
                newest = state;
            }
        }
        return Optional.ofNullable(newest);
    }

    /** Puts files, in order of their paths over all parts of the run. */
    public void put(RunId run, int number, List<RememberedFile> files) throws IOException {
        FieldWriter body = new FieldWriter().varint(files.size());
        files.forEach(file -> file.write(body));
        put(run, number, part(number), body.toByteArray());
    }

    /** Puts the head, which makes the run the one that counts. */
    public void put(MirrorState state) throws IOException {
        put(state.run(), HEAD, "head", state.body());
    }

    /**
     * The files of one part, in order of their paths.
     *
     * @throws IOException when it is not there or not intact
     */
    public List<RememberedFile> files(MirrorState state, int number) throws IOException {
        FieldReader body = read(state.run(), number, part(number));
        int count = body.count("number of files", RememberedFile.LEAST, MOST_FILES);
        List<RememberedFile> files = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            files.add(RememberedFile.read(body));
        }
        body.end();
        return files;
    }

    /** Deletes the runs of a target that a newer one replaced, and what unfinished ones left long ago. */
    public void clean(MirrorState newest, Instant now) throws IOException {
        Map<String, List<StoredObject>> runs = objects();
        for (MirrorState state : complete()) {
            if (state.target().equals(newest.target()) && state.sequence() < newest.sequence()) {
                delete(runs.getOrDefault(state.run().hex(), List.of()));
            }
        }
        for (List<StoredObject> objects : runs.values()) {
            boolean old = objects.stream().allMatch(object -> object.modified().isBefore(now.minus(UNFINISHED)));
            if (old && objects.stream().noneMatch(MirrorStates::isHead)) {
                delete(objects);
            }
        }
    }

    private List<MirrorState> complete() throws IOException {
        List<MirrorState> states = new ArrayList<>();
        for (Map.Entry<String, List<StoredObject>> run : objects().entrySet()) {
            if (run.getValue().stream().anyMatch(MirrorStates::isHead)) {
                RunId id = new RunId(run.getKey());
                try {
                    states.add(MirrorState.read(id, read(id, HEAD, "head")));
                } catch (CryptoException | MalformedException | StorageException.Missing unusable) {
                    // A damaged state is no state: the next run compares more and writes a new one.
                }
            }
        }
        return states;
    }

    private static boolean isHead(StoredObject object) {
        return object.name().endsWith("/head");
    }

    /** Heads first, so that no run looks complete that is not. */
    private void delete(List<StoredObject> objects) throws IOException {
        for (StoredObject object : objects) {
            if (isHead(object)) {
                replica.storage().delete(object.name());
            }
        }
        for (StoredObject object : objects) {
            replica.storage().delete(object.name());
        }
    }

    private Map<String, List<StoredObject>> objects() throws IOException {
        Map<String, List<StoredObject>> runs = new TreeMap<>();
        for (StoredObject object : replica.storage().list(folder())) {
            var name = NAME.matcher(object.name());
            if (name.matches()) {
                runs.computeIfAbsent(name.group(1), run -> new ArrayList<>()).add(object);
            }
        }
        return runs;
    }

    private void put(RunId run, long number, String name, byte[] body) throws IOException {
        FieldWriter header = new SealedObject.Common(key.repositoryId(), key.sourceId(), key.newestEpoch()).begin();
        header.raw(run.bytes()).u32(number);
        byte[] object =
                SealedObject.encode(SealedObject.Type.MIRROR, header.toByteArray(), body, key, key.newestEpoch());
        replica.storage().put(folder() + "/" + run.hex() + "/" + name, new BytesPayload(object));
    }

    private FieldReader read(RunId run, long number, String name) throws IOException {
        String object = folder() + "/" + run.hex() + "/" + name;
        String shown = replica.name(object);
        byte[] content = replica.read(object);
        FieldReader header = SealedObject.header(SealedObject.Type.MIRROR, content, shown);
        SealedObject.Common.read(header);
        RunId named = RunId.of(header.raw(RunId.LENGTH, "run"));
        long numbered = header.u32("number");
        header.end();
        FieldReader body = SealedObject.body(SealedObject.Type.MIRROR, content, shown, key);
        if (!named.equals(run) || numbered != number) {
            throw new DamagedException(shown + " is part of another mirror run. It is left out.");
        }
        return body;
    }

    private String folder() {
        return Layout.MIRRORS + "/" + key.sourceId().hex();
    }

    private static String part(int number) {
        return String.format(Locale.ROOT, "%08d", number);
    }
}
