package io.jenkins.plugins.provenbackup.engine.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.Catalog;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.snapshots.ListSnapshots;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotList;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotSelector;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody with the key of one source, and with the right to write to the destination, makes up a snapshot of another source. */
class ForgedSourceTest {

    private static final String MINE = "agents:.";

    /** The name of the fixture's own source. */
    private static final String THEIRS = "home";

    @TempDir
    private Path scratch;

    private Fixture fixture;
    private SourceKey mine;

    @BeforeEach
    void create() throws Exception {
        fixture = new Fixture(scratch.resolve("here"));
        mine = fixture.recovery.sourceKey(MINE).orElseThrow();
    }

    @AfterEach
    void close() {
        mine.close();
        fixture.close();
    }

    @Test
    void aSnapshotUnderAnothersNameIsNamedAndNotListed() throws Exception {
        Manifest real = fixture.put(fixture.replica, 1);
        Manifest forged = claiming(THEIRS, 2);
        ManifestName name = new SnapshotStore(fixture.replica).put(forged, forged.encode(mine));

        SnapshotList list = ListSnapshots.run(List.of(fixture.replica), fixture.recovery);

        assertThat(list.snapshots()).extracting(Snapshot::id).containsExactly(real.id());
        assertThat(list.broken())
                .singleElement()
                .satisfies(broken -> assertThat(broken.problem())
                        .contains(name.object())
                        .contains("says that it is a snapshot of '" + THEIRS + "'")
                        .contains("somebody who had that key forged it"));
    }

    @Test
    void aSnapshotInAnothersFolderDoesNotOpen() throws Exception {
        Manifest real = fixture.put(fixture.replica, 1);
        ManifestName name = putInTheirFolder(claiming(THEIRS, 2));

        SnapshotList list = ListSnapshots.run(List.of(fixture.replica), fixture.key);

        assertThat(new SnapshotSelector.Latest().in(list).id()).isEqualTo(real.id());
        assertThat(list.broken())
                .singleElement()
                .satisfies(broken -> assertThat(broken.object()).contains(name.object()));
        assertThat(fixture.history(fixture.replica).highestSequence()).isEqualTo(1);
    }

    @Test
    void whereOnlyTheForgedOneIsItIsRefusedByName() throws Exception {
        ManifestName name = putInTheirFolder(claiming(THEIRS, 1));

        SnapshotList list = ListSnapshots.run(List.of(fixture.replica), fixture.key);

        assertThatThrownBy(() -> new SnapshotSelector.Latest().in(list))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("Refused: ")
                .hasMessageContaining(name.object());
    }

    private Manifest claiming(String source, long sequence) {
        Manifest.Facts facts = new Manifest.Facts(
                ByteString.of(new byte[16]),
                source,
                "host",
                "user",
                List.of(ByteString.utf8("/home")),
                new Totals(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16),
                Catalog.empty());
        Instant start = Instant.parse("2026-01-02T03:04:05Z");
        Manifest.Place place = new Manifest.Place(
                RunId.random(), sequence, SnapshotKind.FULL, start, start.plusSeconds(60), Optional.empty(), List.of());
        return Manifest.create(
                mine, place, facts, new TreeMap<>(), new ArchiveTable(List.of()), MovedBlocks.NONE, List.of());
    }

    /** The folder's name can be seen in a listing, so a forger knows it. */
    private ManifestName putInTheirFolder(Manifest forged) throws Exception {
        BytesPayload payload = new BytesPayload(forged.encode(mine));
        ManifestName name = new ManifestName(fixture.key.sourceId(), forged.sequence(), 0, payload.hash());
        fixture.replica.storage().put(name.object(), payload);
        return name;
    }
}
