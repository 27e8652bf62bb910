package io.jenkins.plugins.provenbackup.engine.verify;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import io.jenkins.plugins.provenbackup.engine.NamedThreads;
import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.SnapshotReading;
import io.jenkins.plugins.provenbackup.engine.archive.Codec;
import io.jenkins.plugins.provenbackup.engine.archive.ObjectCheck;
import io.jenkins.plugins.provenbackup.engine.catalog.CatalogObject;
import io.jenkins.plugins.provenbackup.engine.catalog.CatalogReader;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryStream;
import io.jenkins.plugins.provenbackup.engine.catalog.SegmentSealing;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.Inventory;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.ManifestName;
import io.jenkins.plugins.provenbackup.engine.repository.ObjectRef;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.transfer.BlockLoader;
import io.jenkins.plugins.provenbackup.engine.transfer.CatalogFetcher;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Verifies one destination by itself. For one thread. */
@SuppressFBWarnings(
        value = {"AT_NONATOMIC_64BIT_PRIMITIVE", "AT_NONATOMIC_OPERATIONS_ON_SHARED_VARIABLE"},
        justification = "its threads only return what they found; the calling thread alone counts")
final class ReplicaVerification {

    /** A manifest whose content does not fit its name may be an upload in progress for so long. */
    private static final Duration UPLOAD = Duration.ofDays(1);

    private final Replica replica;
    private final VerifyRequest request;
    private final ObjectRepair repair;
    private final ManifestRepair manifestRepair;
    private final ProgressListener progress;
    private final Clock clock;
    private final Findings findings;
    private final Map<String, ManifestName> twins = new LinkedHashMap<>();
    private final List<Manifest> manifests = new ArrayList<>();
    private long archivesRead;
    private long catalogsRead;
    private long bytesRead;
    private long filesChecked;

    ReplicaVerification(Replica replica, VerifyRequest request, ProgressListener progress, Clock clock) {
        this.replica = replica;
        this.request = request;
        this.repair = new ObjectRepair(request.replicas());
        this.manifestRepair = new ManifestRepair(request.replicas(), request.key());
        this.findings = new Findings(replica, request.repair());
        this.progress = progress;
        this.clock = clock;
    }

    /** What was looked at; {@link #findings} tells what is wrong. */
    VerifyResult.Destination verify() throws IOException, InterruptedException {
        Optional<VersionCheck> versions =
                replica.storage().versions().map(kept -> new VersionCheck(replica, kept, request));
        if (versions.isPresent()) {
            try {
                versions.get().deletedManifests().forEach(findings::add);
            } catch (StorageException.AccessDenied e) {
                progress.notice("Whether anything was overwritten or deleted is not checked: " + e.getMessage());
                versions = Optional.empty();
            }
        }
        RecordCheck records = new RecordCheck(replica, request.replicas(), request.key(), findings);
        manifests.addAll(loadManifests());
        Map<String, ObjectRef> archives = new LinkedHashMap<>();
        Map<String, ObjectRef> catalogs = new LinkedHashMap<>();
        for (Manifest manifest : manifests) {
            manifest.archives()
                    .archives()
                    .forEach(row -> archives.put(Layout.archive(row.archive().hash()), row.archive()));
            for (CatalogObject object : manifest.catalogs()) {
                catalogs.put(Layout.catalog(object.hash()), new ObjectRef(object.hash(), object.size()));
            }
        }
        Map<String, ObjectRef> allTwins = request.snapshots().isEmpty() ? findTwins() : Map.of();
        Inventory inventory = Inventory.of(replica);
        checkPresence(archives, inventory.archives());
        checkPresence(catalogs, inventory.catalogs());
        if (versions.isPresent()) {
            Set<String> needed = new HashSet<>(archives.keySet());
            needed.addAll(catalogs.keySet());
            versions.get().overwritten(needed).ifPresent(findings::add);
        }
        checkPresence(allTwins, inventory.catalogs());
        if (request.level() != VerifyRequest.Level.PRESENCE) {
            progress.expect(archives.size() + (long) catalogs.size(), size(archives) + size(catalogs));
            records.checkRecords();
            catalogsRead = readAll(catalogs, 100);
            readAll(allTwins, 100);
            archivesRead = readAll(archives, request.samplePercent());
            checkCatalogs();
        }
        if (request.level() == VerifyRequest.Level.RESTORE) {
            checkContents();
        }
        long snapshots = manifests.stream().map(Manifest::id).distinct().count();
        return new VerifyResult.Destination(
                replica.location(), snapshots, archives.size(), archivesRead, catalogsRead, filesChecked, bytesRead);
    }

    List<VerifyResult.Finding> findings() {
        return findings.all();
    }

    /** The snapshots that were verified. */
    List<Manifest> manifests() {
        return manifests;
    }

    private static long size(Map<String, ObjectRef> objects) {
        return objects.values().stream().mapToLong(ObjectRef::size).sum();
    }

    /** The twins that every manifest here should have. */
    private Map<String, ObjectRef> findTwins() throws IOException {
        Map<String, ObjectRef> found = new LinkedHashMap<>();
        SnapshotStore store = new SnapshotStore(replica);
        List<SnapshotStore.Listed> listed =
                request.key() instanceof SourceKey source ? store.list(source.sourceId()) : store.listAll();
        for (SnapshotStore.Listed one : listed) {
            if (!findings.isBroken(one.name().object())) {
                String twin = Layout.catalog(one.name().hash());
                twins.put(twin, one.name());
                found.put(twin, new ObjectRef(one.name().hash(), one.size()));
            }
        }
        return found;
    }

    private List<Manifest> loadManifests() throws IOException {
        SnapshotStore store = new SnapshotStore(replica);
        SnapshotStore.Loaded loaded = store.load(request.key());
        boolean isMended = false;
        for (SnapshotStore.Broken one : loaded.broken()) {
            boolean young = one.listed().modified().isAfter(clock.instant().minus(UPLOAD));
            String object = one.listed().name().object();
            findings.add(
                    young ? VerifyResult.Kind.IN_PROGRESS : VerifyResult.Kind.DAMAGED,
                    object,
                    one.problem() instanceof DamagedException
                            ? replica.name(object) + " is damaged, or was not written by anybody with the key."
                            : one.problem().getMessage(),
                    () -> manifestRepair.repair(replica, one.listed().name(), object));
            isMended |= !findings.isBroken(object);
        }
        if (isMended) {
            loaded = store.load(request.key());
        }
        List<Manifest> found = loaded.manifests();
        if (!request.snapshots().isEmpty()) {
            found = found.stream()
                    .filter(manifest -> request.snapshots().contains(manifest.id()))
                    .toList();
        }
        return newestGenerations(found);
    }

    private static List<Manifest> newestGenerations(List<Manifest> manifests) {
        Map<SnapshotId, Manifest> newest = new LinkedHashMap<>();
        for (Manifest manifest : manifests) {
            newest.merge(manifest.id(), manifest, (a, b) -> a.generation() > b.generation() ? a : b);
        }
        return List.copyOf(newest.values());
    }

    private void checkPresence(Map<String, ObjectRef> named, Map<ObjectHash, Long> there) {
        named.forEach((name, object) -> {
            Long size = there.get(object.hash());
            if (size == null) {
                add(VerifyResult.Kind.MISSING, name, object, replica.name(name) + " is missing.");
            } else if (size != object.size()) {
                add(
                        VerifyResult.Kind.DAMAGED,
                        name,
                        object,
                        replica.name(name) + " has " + size + " bytes instead of " + object.size() + ".");
            }
        });
    }

    /** Reads objects from start to end; returns how many. */
    private long readAll(Map<String, ObjectRef> objects, double percent) throws InterruptedException {
        SplittableRandom random = new SplittableRandom();
        ExecutorService threads = Executors.newFixedThreadPool(
                Math.max(2, Runtime.getRuntime().availableProcessors()), new NamedThreads("checker"));
        try {
            Map<String, Future<IOException>> checks = new LinkedHashMap<>();
            objects.forEach((name, object) -> {
                if (!findings.isBroken(name) && random.nextDouble() * 100 < percent) {
                    checks.put(name, threads.submit(() -> problemOf(name, object)));
                }
            });
            for (Map.Entry<String, Future<IOException>> check : checks.entrySet()) {
                await(check.getKey(), objects.get(check.getKey()), check.getValue());
            }
            return checks.size();
        } finally {
            threads.shutdownNow();
        }
    }

    private void await(String name, ObjectRef object, Future<IOException> check) throws InterruptedException {
        try {
            IOException problem = check.get();
            bytesRead += object.size();
            if (problem != null) {
                add(VerifyResult.Kind.DAMAGED, name, object, describe(name, problem));
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private String describe(String name, IOException problem) {
        return problem instanceof DamagedException
                ? replica.name(name) + " is damaged: its content does not hash to its name."
                : replica.name(name) + " cannot be read: " + problem.getMessage();
    }

    private IOException problemOf(String name, ObjectRef object) {
        try (InputStream in = replica.storage().open(name)) {
            new ObjectCheck().requireIntact(in, object.hash());
            progress.entries(1);
            progress.bytes(object.size());
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    /** Every segment opens, and the entries are a legal tree. */
    private void checkCatalogs() throws IOException {
        for (Manifest manifest : manifests) {
            if (hasBroken(manifest)) {
                continue;
            }
            try (SourceKey key = request.key().sourceKey(manifest.sourceId()).orElseThrow();
                    SegmentSealing sealing = SegmentSealing.of(key, manifest.epoch(), Codec.shared())) {
                EntryStream entries = new CatalogReader(
                                manifest.facts().catalog(), sealing, new CatalogFetcher(List.of(replica)))
                        .entries();
                while (entries.next().isPresent()) {
                    if (Thread.interrupted()) {
                        throw new InterruptedIOException("the verification was cancelled");
                    }
                }
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                damaged(
                        Layout.snapshots(manifest.sourceId()),
                        "The catalog of snapshot " + manifest.id().brief() + " cannot be read: " + e.getMessage());
            }
        }
    }

    private boolean hasBroken(Manifest manifest) {
        return manifest.catalogs().stream().anyMatch(object -> findings.isBroken(Layout.catalog(object.hash())));
    }

    private void checkContents() throws IOException, InterruptedException {
        var streamKeys = request.streamKeys()
                .orElseThrow(() -> new IOException("Verifying what would be restored needs the recovery key, which a "
                        + request.key().kind().label() + " does not contain. Use a passphrase, or --level integrity."));
        try (ContentCheck check = new ContentCheck(progress)) {
            for (Manifest manifest : manifests) {
                if (hasBroken(manifest)) {
                    continue;
                }
                Set<String> failed = new HashSet<>();
                try (SourceKey key =
                                request.key().sourceKey(manifest.sourceId()).orElseThrow();
                        SnapshotReading reading = new SnapshotReading(
                                manifest,
                                key,
                                streamKeys,
                                List.of(replica),
                                BlockLoader.Access.IN_ORDER,
                                (where, archive, reason) -> {})) {
                    check.check(reading, key, manifest.epoch(), (entry, reason) -> {
                        synchronized (failed) {
                            failed.add("'" + entry.path() + "': " + reason.getMessage());
                        }
                    });
                }
                failed.stream()
                        .sorted()
                        .forEach(message -> damaged(
                                Layout.snapshots(manifest.sourceId()),
                                "Snapshot " + manifest.id().brief() + " cannot be restored whole: " + message));
            }
            filesChecked = check.files();
            bytesRead += check.bytes();
        }
    }

    private void damaged(String object, String message) {
        findings.add(VerifyResult.Kind.DAMAGED, object, message);
    }

    private void add(VerifyResult.Kind kind, String name, ObjectRef object, String message) {
        ManifestName manifest = twins.get(name);
        findings.add(
                kind,
                name,
                message,
                () -> manifest == null
                        ? repair.repair(replica, name, object).isPresent()
                        : manifestRepair.repair(replica, manifest, name));
    }
}
