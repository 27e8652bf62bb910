package io.jenkins.plugins.provenbackup.engine.storage.s3;

import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.s3.S3Client;

/** Ceph, with rights and quotas that it enforces itself. */
@ExtendWith(CephExtension.class)
class CephFailureIT extends S3FailureContract {

    private final CephGateway ceph;
    private final String bucket;

    CephFailureIT(CephGateway ceph) {
        this.ceph = ceph;
        bucket = ceph.bucket();
    }

    @Override
    public int port() {
        return ceph.port();
    }

    @Override
    public StorageOptions options(int port) {
        return ceph.options();
    }

    @Override
    String bucket() {
        return bucket;
    }

    @Override
    StorageLocation location(String bucketAndPrefix, int port) throws Exception {
        return ceph.location(CephGateway.OWNER, bucketAndPrefix, "", port);
    }

    @Override
    S3Client client() {
        return ceph.client();
    }

    @Override
    protected Storage openWithoutRightToDelete(Path path) throws Exception {
        ceph.allowWriter(bucket, "s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload");
        return StorageFactory.open(
                ceph.location(CephGateway.WRITER, bucket, "", port()),
                ceph.options(CephGateway.WRITER_SECRET),
                OpenMode.EXISTING);
    }

    @Override
    protected void withLittleRoom(RoomUse use) throws Exception {
        ceph.admin("quota", "set", "--quota-scope=bucket", "--bucket=" + bucket, "--max-size=1M");
        ceph.admin("quota", "enable", "--quota-scope=bucket", "--bucket=" + bucket);
        use.run();
    }
}
