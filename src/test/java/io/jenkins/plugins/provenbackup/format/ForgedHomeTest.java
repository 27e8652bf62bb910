package io.jenkins.plugins.provenbackup.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.snapshots.ListSnapshots;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotList;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotSelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An agent has the key of one source, and may list and add at the destinations. With all that it makes a snapshot of a false
 * JENKINS_HOME, newer than the true one. Nobody restores it.
 */
class ForgedHomeTest {

    private static final String HOME = "jenkins-home/jenkinsHome";
    private static final String OF_THE_AGENT = "shop:.";

    @TempDir
    private Path scratch;

    private SampleRepository repository;
    private SourceKey ofTheAgent;
    private SourceKey ofTheHome;
    private SnapshotId trueHome;
    private Path forged;
    private SnapshotId forgedId;

    @BeforeEach
    void anAgentForgesAHome() throws Exception {
        repository = SampleRepository.create(scratch.resolve("repository"));
        Path home = Files.createDirectory(scratch.resolve("home"));
        Files.writeString(home.resolve("config.xml"), "<hudson/>");
        trueHome = repository.backup(HOME, home, SnapshotKind.FULL).snapshot().orElseThrow();
        ofTheAgent = repository.recovery.sourceKey(OF_THE_AGENT).orElseThrow();
        ofTheHome = repository.recovery.sourceKey(HOME).orElseThrow();
        Files.writeString(home.resolve("init.groovy"), "'evil'.execute()");
        repository.backup(ofTheAgent, OF_THE_AGENT, home, SnapshotKind.FULL);
        BackupResult result = repository.backup(ofTheAgent, HOME, home, SnapshotKind.FULL);
        forgedId = result.snapshot().orElseThrow();
        Path folder = repository.root.resolve(Layout.snapshots(ofTheAgent.sourceId()));
        try (var files = Files.list(folder)) {
            forged = files.filter(file -> file.getFileName().toString().startsWith("0000000002"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @AfterEach
    void close() {
        ofTheAgent.close();
        ofTheHome.close();
        repository.close();
    }

    @Test
    void aFalseHomeUnderTheAgentsOwnPseudonymIsNotTheHomesLatest() throws Exception {
        SnapshotList list = list(repository.recovery);

        assertThat(SnapshotSelector.parse("latest:" + HOME).in(list).id()).isEqualTo(trueHome);
        assertThat(list.broken())
                .singleElement()
                .satisfies(one -> assertThat(one.problem())
                        .contains(
                                forged.getFileName().toString(), "'" + HOME + "'", "key of another source", "forged"));
    }

    @Test
    void aFalseHomeIsRefusedByItsIdToo() throws Exception {
        SnapshotList list = list(repository.recovery);

        assertThatThrownBy(() -> SnapshotSelector.parse(forgedId.hex()).in(list))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("'" + HOME + "'")
                .hasMessageContaining("forged");
    }

    @Test
    void aFalseHomeUnderTheHomesPseudonymDoesNotOpenWithItsKey() throws Exception {
        // Names of folders are no secret to whoever may list.
        Path place = repository.root.resolve(Layout.snapshots(ofTheHome.sourceId()));
        Path moved = Files.copy(forged, place.resolve(forged.getFileName()));

        for (AccessKey key : List.of(ofTheHome, repository.recovery)) {
            SnapshotList list = list(key);
            assertThat(SnapshotSelector.parse("latest:" + HOME).in(list).id()).isEqualTo(trueHome);
            assertThat(list.broken())
                    .anySatisfy(one -> assertThat(one.object())
                            .contains(ofTheHome.sourceId().hex() + "/" + moved.getFileName()));
            assertThatThrownBy(() -> SnapshotSelector.parse(forgedId.hex()).in(list))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("Refused: ")
                    .hasMessageContaining(moved.getFileName().toString());
        }
    }

    @Test
    void theKeyOfTheHomeDoesNotSeeWhatTheAgentMade() throws Exception {
        SnapshotList list = list(ofTheHome);

        assertThat(list.snapshots()).extracting(one -> one.id()).containsExactly(trueHome);
        assertThat(list.broken()).isEmpty();
    }

    private SnapshotList list(AccessKey key) throws Exception {
        return ListSnapshots.run(List.of(repository.replica), key);
    }
}
