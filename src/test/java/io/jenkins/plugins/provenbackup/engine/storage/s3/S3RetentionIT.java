package io.jenkins.plugins.provenbackup.engine.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.storage.BytesPayload;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.PutOutcome;
import io.jenkins.plugins.provenbackup.engine.storage.Retention;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Object Lock, as Ceph enforces it. */
@ExtendWith(CephExtension.class)
class S3RetentionIT {

    private static final String NAME = "archives/ab/abc";
    private static final BytesPayload CONTENT = BytesPayload.of("content");

    private final CephGateway ceph;
    private final String bucket;
    private Storage storage;

    S3RetentionIT(CephGateway ceph) {
        this.ceph = ceph;
        bucket = ceph.lockingBucket();
    }

    @BeforeEach
    void open() throws Exception {
        storage = open("&objectLock=COMPLIANCE&retain=2d");
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 20_000_000})
    void whatIsPutCannotBeDestroyedUntilItsDate(int size) throws Exception {
        Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        BytesPayload content = BytesPayload.random(size, 1);

        assertThat(storage.put(NAME, content)).isEqualTo(PutOutcome.STORED);

        assertThat(retention().period()).hasValue(Duration.ofDays(2));
        assertThat(retention().retainedUntil(NAME).orElseThrow())
                .isAfterOrEqualTo(before.plus(Duration.ofDays(2)))
                .isBeforeOrEqualTo(Instant.now().plus(Duration.ofDays(2)).plusSeconds(1));
        try (S3Client owner = ceph.client()) {
            String version = owner.headObject(request -> request.bucket(bucket).key("p/" + NAME))
                    .versionId();
            assertThatThrownBy(() -> owner.deleteObject(request -> request.bucket(bucket)
                            .key("p/" + NAME)
                            .versionId(version)
                            .bypassGovernanceRetention(true)))
                    .isInstanceOf(S3Exception.class)
                    .satisfies(e -> assertThat(((S3Exception) e).statusCode()).isEqualTo(403));
        }
        assertThat(storage.size(NAME)).hasValue(size);
    }

    @Test
    void retentionIsExtendedAndNeverShortened() throws Exception {
        storage.put(NAME, CONTENT);
        Instant later = Instant.now().plus(Duration.ofDays(30));
        Instant sooner = Instant.now().plus(Duration.ofDays(1));

        Instant extended = retention().retainUntil(NAME, later);

        assertThat(extended).isBetween(later, later.plusSeconds(1));
        assertThat(retention().retainedUntil(NAME)).hasValue(extended);
        assertThat(retention().retainUntil(NAME, sooner)).isEqualTo(extended);
        assertThat(retention().retainedUntil(NAME)).hasValue(extended);
    }

    @Test
    void whatWasPutWithoutALockCanBeLockedLater() throws Exception {
        try (Storage unlocked = open("")) {
            unlocked.put(NAME, CONTENT);
            Retention retention = unlocked.retention().orElseThrow();
            assertThat(retention.period()).isEmpty();
            assertThat(retention.retainedUntil(NAME)).isEmpty();

            Instant until = Instant.now().plus(Duration.ofDays(1));
            retention.retainUntil(NAME, until);

            assertThat(retention.retainedUntil(NAME).orElseThrow()).isAfterOrEqualTo(until);
        }
    }

    @Test
    void bucketWithoutObjectLockIsToldSo() throws Exception {
        String plain = ceph.bucket();
        try (Storage other = S3Storage.open(ceph.location(plain + "/p", ""), ceph.options(), OpenMode.CREATE)) {
            other.put(NAME, CONTENT);
            Retention retention = other.retention().orElseThrow();

            assertThat(retention.retainedUntil(NAME)).isEqualTo(Optional.empty());
            assertThatThrownBy(() -> retention.retainUntil(NAME, Instant.now().plusSeconds(3600)))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("Object Lock")
                    .hasMessageContaining(NAME);
            assertThatThrownBy(() -> retention.retainUntil("archives/ab/none", Instant.now()))
                    .isInstanceOf(StorageException.Missing.class);
        }
    }

    private Retention retention() {
        return storage.retention().orElseThrow();
    }

    private Storage open(String more) throws Exception {
        return S3Storage.open(ceph.location(bucket + "/p", more), ceph.options(), OpenMode.CREATE);
    }
}
