package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.restore.Restore;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreResult;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage.Verb;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.target.Overwrite;
import io.jenkins.plugins.provenbackup.engine.target.Unlisted;
import io.jenkins.plugins.provenbackup.engine.verify.Verify;
import io.jenkins.plugins.provenbackup.engine.verify.VerifyRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thread that ends by an error that nobody expects, as it does without memory: what it had to do is never taken for done. (An
 * OutOfMemoryError itself would end JUnit.)
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkersTest {

    private static final int FILES = 500;

    @TempDir
    private Path temp;

    private Path tree;
    private FaultyStorage storage;
    private Laboratory laboratory;

    @BeforeEach
    void open() throws Exception {
        tree = temp.resolve("tree");
        for (int i = 0; i < FILES; i++) {
            SampleFiles.write(tree.resolve("f" + i), 1000, i);
        }
        storage = FaultyStorage.over(Laboratory.local(temp.resolve("repository")));
        laboratory = Laboratory.at(List.of(storage));
    }

    @AfterEach
    void close() {
        laboratory.close();
    }

    @Test
    void aRestoreWhoseWriterDiesFails() throws Exception {
        SnapshotId id = laboratory.backup(tree, SnapshotKind.FULL).snapshot().orElseThrow();
        AtomicLong bytes = new AtomicLong();
        ProgressListener full = new ProgressListener() {
            @Override
            public void bytes(long count) {
                // Told by the threads that write.
                if (bytes.addAndGet(count) == 100_000) {
                    throw new LinkageError("a test");
                }
            }
        };

        assertThatThrownBy(() -> Restore.run(
                        laboratory.restoreRequest(id, temp.resolve("restored"), Overwrite.NEVER, Unlisted.KEEP), full))
                .isInstanceOf(LinkageError.class);
    }

    @Test
    void aRestoreWhoseLoaderDiesNamesTheFiles() throws Exception {
        SnapshotId id = laboratory.backup(tree, SnapshotKind.FULL).snapshot().orElseThrow();
        storage.on(Verb.OPEN, Verb.READ).named("archives/").fail(WorkersTest::noClass);

        RestoreResult result = laboratory.restore(id, temp.resolve("restored"));

        assertThat(result.failureCount()).isEqualTo(FILES);
    }

    @Test
    void aVerificationWhoseLoaderDiesIsNone() throws Exception {
        laboratory.backup(tree, SnapshotKind.FULL);
        VerifyRequest request = new VerifyRequest(
                laboratory.replicas(),
                laboratory.recovery(),
                Optional.of(header -> StreamKey.open(header, laboratory.recovery())),
                Set.of(),
                VerifyRequest.Level.RESTORE,
                // Practically none by itself, so that the content is what is read.
                0.000_001,
                VerifyRequest.Repair.REPORT_ONLY);
        assertThat(Verify.run(request, ProgressListener.NONE, Clock.systemUTC()).isDamaged())
                .isFalse();
        storage.on(Verb.OPEN, Verb.READ).named("archives/").fail(WorkersTest::noClass);

        assertThatThrownBy(() -> Verify.run(request, ProgressListener.NONE, Clock.systemUTC()))
                .hasStackTraceContaining(LinkageError.class.getName());
    }

    @Test
    void aBackupWhoseUploadDiesFails() throws Exception {
        storage.on(Verb.PUT).named("archives/").fail(WorkersTest::noClass);

        assertThatThrownBy(() -> laboratory.backup(tree, SnapshotKind.FULL))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(LinkageError.class.getName());

        storage.heal();
        assertThat(laboratory.snapshots(0)).isEmpty();
    }

    private static StorageException noClass(String message) {
        throw new LinkageError(message);
    }
}
