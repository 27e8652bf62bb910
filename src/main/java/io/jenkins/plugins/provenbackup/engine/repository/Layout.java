package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.crypto.SourceId;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.util.Locale;

/** Where each object of a repository lies, relative to the destination's root (repository format, section 2). */
public final class Layout {

    public static final String REPOSITORY = "repository.json";
    public static final String EPOCHS = "epochs";
    public static final String KEYS = "keys";
    public static final String ARCHIVES = "archives";
    public static final String CATALOGS = "catalogs";
    public static final String SNAPSHOTS = "snapshots";
    public static final String RUNS = "runs";
    public static final String FORGOTTEN = "forgotten";
    public static final String HOLDS = "holds";
    public static final String PRUNES = "prunes";
    public static final String TESTS = "tests";
    public static final String MIRRORS = "mirrors";

    /** How to recover, for people: the only object that is ever replaced, and that no program reads. */
    public static final String RECOVERY = "RECOVERY.md";

    private Layout() {}

    public static String epoch(int number) {
        return EPOCHS + "/" + number + ".json";
    }

    public static String slot(String id) {
        return KEYS + "/" + id + ".json";
    }

    public static String removedSlot(String id) {
        return KEYS + "/" + id + ".removed";
    }

    public static String archive(ObjectHash hash) {
        return hashed(ARCHIVES, hash);
    }

    public static String catalog(ObjectHash hash) {
        return hashed(CATALOGS, hash);
    }

    public static String snapshots(SourceId source) {
        return SNAPSHOTS + "/" + source.hex();
    }

    public static String run(RunId run) {
        return RUNS + "/" + run.hex();
    }

    public static String runObject(RunId run, int number) {
        return String.format(Locale.ROOT, "%s/%s/%08d", RUNS, run.hex(), number);
    }

    public static String forgotten(SnapshotId snapshot) {
        return FORGOTTEN + "/" + snapshot.hex();
    }

    public static String tests(SourceId source) {
        return TESTS + "/" + source.hex();
    }

    public static String hold(SnapshotId snapshot, int number) {
        return String.format(Locale.ROOT, "%s/%s/%04d", HOLDS, snapshot.hex(), number);
    }

    public static String prune(String id) {
        return PRUNES + "/" + id;
    }

    private static String hashed(String folder, ObjectHash hash) {
        String hex = hash.toString();
        return folder + "/" + hex.substring(0, 2) + "/" + hex;
    }
}
