package io.jenkins.plugins.provenbackup.engine.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.storage.BytesPayload;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.PutOutcome;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.s3.S3Client;

/** What accounts with few rights, or little room, can do; Ceph sees to it. */
@ExtendWith(CephExtension.class)
class S3AccountIT {

    private final CephGateway ceph;
    private final String bucket;

    S3AccountIT(CephGateway ceph) {
        this.ceph = ceph;
        bucket = ceph.bucket();
    }

    @Test
    void accountThatMayNotDeletePutsReadsAndLists() throws Exception {
        ceph.allowWriter(bucket, "s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload");
        BytesPayload large = BytesPayload.random(20_000_000, 1);
        try (Storage storage = asWriter()) {
            assertThat(storage.put("archives/ab/x", large)).isEqualTo(PutOutcome.STORED);
            assertThat(storage.put("archives/ab/x", large)).isEqualTo(PutOutcome.ALREADY_THERE);
            assertThat(storage.list("archives")).hasSize(1);
            assertThat(storage.read("archives/ab/x", 0, 10)).hasSize(10);
            assertThat(storage.size("archives/ab/none")).isEmpty();

            assertThatThrownBy(() -> storage.delete("archives/ab/x"))
                    .isInstanceOf(StorageException.AccessDenied.class)
                    .hasMessageContaining("may not delete");
            assertThat(storage.size("archives/ab/x")).hasValue(20_000_000);
        }
    }

    @Test
    void accountWithoutRightsIsDenied() {
        assertThatThrownBy(this::asWriter)
                .isInstanceOf(StorageException.AccessDenied.class)
                .hasMessageContaining(bucket)
                .hasMessageContaining("rights");
    }

    @Test
    void readerMayNotPut() throws Exception {
        ceph.allowWriter(bucket, "s3:ListBucket", "s3:GetObject");
        try (Storage storage = asWriter()) {
            assertThatThrownBy(() -> storage.put("archives/ab/x", BytesPayload.of("x")))
                    .isInstanceOf(StorageException.AccessDenied.class);
        }
    }

    @Test
    void quotaThatIsUsedUpIsToldFromMissingRights() throws Exception {
        ceph.admin("quota", "set", "--quota-scope=bucket", "--bucket=" + bucket, "--max-size=1M");
        ceph.admin("quota", "enable", "--quota-scope=bucket", "--bucket=" + bucket);
        try (Storage storage = S3Storage.open(ceph.location(bucket, ""), ceph.options(), OpenMode.CREATE)) {
            assertThatThrownBy(() -> storage.put("archives/ab/x", BytesPayload.random(3_000_000, 1)))
                    .isInstanceOf(StorageException.Full.class)
                    .hasMessageContaining("quota");
        }
    }

    @Test
    void uploadInPartsThatFailsIsAborted() throws Exception {
        try (MisbehavingProxy proxy = MisbehavingProxy.to(ceph.port());
                Storage storage = S3Storage.open(
                        ceph.location(CephGateway.OWNER, bucket, "", proxy.port()), ceph.options(), OpenMode.CREATE)) {
            proxy.cutUploadAfter(12_000_000);

            assertThatThrownBy(() -> storage.put("archives/ab/x", BytesPayload.random(40_000_000, 1)))
                    .isInstanceOf(StorageException.Transient.class);

            assertThat(storage.size("archives/ab/x")).isEmpty();
            awaitNoUploads();
        }
    }

    private Storage asWriter() throws StorageException {
        return S3Storage.open(
                ceph.location(CephGateway.WRITER, bucket, "", ceph.port()),
                ceph.options(CephGateway.WRITER_SECRET),
                OpenMode.CREATE);
    }

    /** The upload is aborted behind the caller's back. */
    private void awaitNoUploads() throws InterruptedException {
        try (S3Client owner = ceph.client()) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (owner.listMultipartUploads(request -> request.bucket(bucket)).hasUploads()
                    && !owner.listMultipartUploads(request -> request.bucket(bucket))
                            .uploads()
                            .isEmpty()) {
                assertThat(System.nanoTime())
                        .as("time until the upload is aborted")
                        .isLessThan(end);
                Thread.sleep(50);
            }
        }
    }
}
