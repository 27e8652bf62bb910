package io.jenkins.plugins.provenbackup.engine.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageContract;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** S3 as Ceph speaks it. */
@ExtendWith(CephExtension.class)
class CephStorageIT extends StorageContract {

    private final CephGateway ceph;
    private final String bucket;

    CephStorageIT(CephGateway ceph) {
        this.ceph = ceph;
        bucket = ceph.bucket();
    }

    @Override
    protected Storage open(Path base) throws Exception {
        return S3Storage.open(ceph.location(bucket + "/base", ""), ceph.options(), OpenMode.CREATE);
    }

    @Override
    protected void place(String name, byte[] content) {
        putKey("base/" + name, content);
    }

    /** One by one it would take minutes. */
    @Override
    protected void placeMany(List<String> names) throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(8);
        try (S3Client client = ceph.client()) {
            List<Future<?>> puts = new ArrayList<>();
            for (String name : names) {
                puts.add(writers.submit(() -> client.putObject(
                        request -> request.bucket(bucket).key("base/" + name), RequestBody.fromString("x"))));
            }
            for (Future<?> put : puts) {
                put.get();
            }
        } finally {
            writers.shutdownNow();
        }
    }

    /** What other programs leave in buckets: markers of folders, and what lies beside the prefix. */
    @Test
    void listsNeitherMarkersOfFoldersNorWhatLiesBesideThePrefix() throws Exception {
        place("repository.json", bytes("{}"));
        putKey("base/folder/", new byte[0]);
        putKey("another/x", bytes("x"));
        putKey("base-2/x", bytes("x"));

        assertThat(storage.list("")).extracting(StoredObject::name).containsExactly("repository.json");
    }

    private void putKey(String key, byte[] content) {
        try (S3Client client = ceph.client()) {
            client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(content));
        }
    }
}
