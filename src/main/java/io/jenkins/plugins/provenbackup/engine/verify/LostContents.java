package io.jenkins.plugins.provenbackup.engine.verify;

import io.jenkins.plugins.provenbackup.engine.archive.BlockRange;
import io.jenkins.plugins.provenbackup.engine.archive.Codec;
import io.jenkins.plugins.provenbackup.engine.catalog.CatalogReader;
import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryStream;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Extent;
import io.jenkins.plugins.provenbackup.engine.catalog.ExtentStream;
import io.jenkins.plugins.provenbackup.engine.catalog.SegmentSealing;
import io.jenkins.plugins.provenbackup.engine.catalog.StoredEntry;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.MovedBlocks;
import io.jenkins.plugins.provenbackup.engine.transfer.CatalogFetcher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says which snapshots and files are lost with objects that no destination has intact. */
final class LostContents {

    /** What findings say instead of a location. */
    static final String EVERYWHERE = "every destination";

    private static final int NAMED = 10;

    private final VerifyRequest request;

    LostContents(VerifyRequest request) {
        this.request = request;
    }

    /** One finding for each snapshot that cannot be restored whole any more. */
    List<VerifyResult.Finding> of(List<VerifyResult.Finding> findings, List<Manifest> manifests) throws IOException {
        Set<String> lost = lost(findings);
        List<VerifyResult.Finding> affected = new ArrayList<>();
        if (lost.isEmpty()) {
            return affected;
        }
        Set<String> told = new HashSet<>();
        for (Manifest manifest : manifests) {
            if (told.add(manifest.id().hex())) {
                effect(manifest, lost)
                        .ifPresent(what -> affected.add(new VerifyResult.Finding(
                                EVERYWHERE,
                                manifest.id().hex(),
                                VerifyResult.Kind.LOST,
                                "Snapshot " + manifest.id().brief() + " of " + manifest.source() + " " + what
                                        + " The next backup stores again what the source still has as it was.",
                                VerifyResult.Mended.NO)));
            }
        }
        return affected;
    }

    /** Archives and catalogs that every destination misses. */
    private Set<String> lost(List<VerifyResult.Finding> findings) {
        Map<String, Set<String>> missingAt = new HashMap<>();
        findings.stream()
                .filter(VerifyResult.Finding::isDamage)
                .filter(finding -> finding.object().startsWith(Layout.ARCHIVES + "/")
                        || finding.object().startsWith(Layout.CATALOGS + "/"))
                .forEach(finding -> missingAt
                        .computeIfAbsent(finding.object(), object -> new HashSet<>())
                        .add(finding.location()));
        Set<String> lost = new HashSet<>();
        missingAt.forEach((object, locations) -> {
            if (locations.size() == request.replicas().size()) {
                lost.add(object);
            }
        });
        return lost;
    }

    private Optional<String> effect(Manifest manifest, Set<String> lost) throws IOException {
        boolean isUnreadable =
                manifest.catalogs().stream().anyMatch(object -> lost.contains(Layout.catalog(object.hash())));
        if (isUnreadable) {
            return Optional.of("cannot be read: no destination has its catalog intact.");
        }
        Map<StreamId, List<BlockRange>> ranges = new HashMap<>();
        manifest.archives().archives().stream()
                .filter(row -> lost.contains(Layout.archive(row.archive().hash())))
                .forEach(row -> row.ranges()
                        .forEach(range -> ranges.computeIfAbsent(range.stream(), stream -> new ArrayList<>())
                                .add(range)));
        if (ranges.isEmpty()) {
            return Optional.empty();
        }
        try (SourceKey key = request.key().sourceKey(manifest.sourceId()).orElseThrow();
                SegmentSealing sealing = SegmentSealing.of(key, manifest.epoch(), Codec.shared())) {
            CatalogReader catalog =
                    new CatalogReader(manifest.facts().catalog(), sealing, new CatalogFetcher(request.replicas()));
            return Optional.of(files(catalog, manifest.moved(), ranges));
        }
    }

    private static String files(CatalogReader catalog, MovedBlocks moved, Map<StreamId, List<BlockRange>> ranges)
            throws IOException {
        List<String> named = new ArrayList<>();
        long count = 0;
        EntryStream entries = catalog.entries();
        for (Optional<StoredEntry> next = entries.next(); next.isPresent(); next = entries.next()) {
            Entry entry = next.get().entry();
            if (entry.node().type() == EntryType.FILE && isIn(catalog.extents(entry), moved, ranges)) {
                count++;
                if (named.size() < NAMED) {
                    named.add("'" + entry.path() + "'");
                }
            }
        }
        return "has lost the content of " + count + (count == 1 ? " file: " : " files: ") + String.join(", ", named)
                + (count > NAMED ? " and others." : ".");
    }

    private static boolean isIn(ExtentStream extents, MovedBlocks moved, Map<StreamId, List<BlockRange>> ranges)
            throws IOException {
        for (Optional<Extent> next = extents.next(); next.isPresent(); next = extents.next()) {
            if (next.get() instanceof Extent.ChunkRef chunk
                    && isIn(moved.find(chunk).orElse(chunk), ranges)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIn(Extent.ChunkRef chunk, Map<StreamId, List<BlockRange>> ranges) {
        return ranges.getOrDefault(chunk.stream(), List.of()).stream().anyMatch(range -> range.contains(chunk.block()));
    }
}
