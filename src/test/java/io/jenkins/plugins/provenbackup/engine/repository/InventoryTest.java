package io.jenkins.plugins.provenbackup.engine.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InventoryTest {

    @TempDir
    private Path scratch;

    private Fixture fixture;
    private ObjectRef archive;

    @BeforeEach
    void create() throws Exception {
        fixture = new Fixture(scratch.resolve("here"));
        archive = fixture.putArchive("blocks");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void anArchiveIsThereWithItsSizeAndNoOther() throws Exception {
        assertThat(inventory().hasArchive(archive)).isTrue();
        assertThat(inventory().hasArchive(new ObjectRef(archive.hash(), archive.size() + 1)))
                .isFalse();
        assertThat(inventory().archives()).containsOnlyKeys(archive.hash());
    }

    @Test
    void aSnapshotIsCompleteWhenAllItsArchivesAreThere() throws Exception {
        Manifest manifest = fixture.manifest(1, SnapshotKind.FULL, List.of(), fixture.table(archive));
        assertThat(inventory().isComplete(manifest)).isTrue();
        fixture.replica.storage().delete(Layout.archive(archive.hash()));
        assertThat(inventory().isComplete(manifest)).isFalse();
    }

    @Test
    void condemnedArchivesCountAsAbsent() throws Exception {
        condemn("{\"format\":1,\"repository\":\"00000000000000000000000000000000\","
                + "\"created\":\"2026-01-01T00:00:00Z\",\"archives\":[\"" + archive.hash() + "\"],\"catalogs\":[]}");
        assertThat(inventory().hasArchive(archive)).isFalse();
        assertThat(inventory().archives()).containsKey(archive.hash());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[", "{\"archives\":[1],\"catalogs\":[]}", "{\"archives\":[\"../x\"],\"catalogs\":[]}"})
    void aPruneThatCannotBeReadStopsWhoeverRestsOnTheListing(String record) throws Exception {
        condemn(record);
        assertThatThrownBy(this::inventory).isInstanceOf(DamagedException.class).hasMessageContaining("prunes/");
    }

    @Test
    void otherNamesAreNoArchives() throws Exception {
        Path folder = Files.createDirectories(fixture.root.resolve("archives/00"));
        Files.write(folder.resolve(archive.hash().toString()), new byte[3]);
        Files.write(fixture.root.resolve("archives/readme"), new byte[3]);
        assertThat(inventory().archives()).hasSize(1);
    }

    private Inventory inventory() throws Exception {
        return Inventory.of(fixture.replica);
    }

    private void condemn(String record) throws Exception {
        BytesPayload payload = new BytesPayload(record.getBytes(StandardCharsets.UTF_8));
        fixture.replica.storage().put(Layout.prune("0".repeat(32)), payload);
    }
}
