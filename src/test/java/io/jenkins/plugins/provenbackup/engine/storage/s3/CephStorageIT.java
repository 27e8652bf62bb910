package io.jenkins.plugins.provenbackup.engine.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.storage.BytesPayload;
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
    @Test
    protected void listsAtAnyDepthWithoutLeftoversAndForeignNames() throws Exception {
        storage.put("repository.json", BytesPayload.of("{}"));
        storage.put("archives/ab/abc", BytesPayload.of("12345"));
        storage.put("archives-of-others/x", BytesPayload.of("x"));
        putForeign("base/archives/ab/.tmp-123");
        putForeign("base/lost+found/x");
        putForeign("base/folder/");
        putForeign("another/x");

        assertThat(storage.list(""))
                .extracting(StoredObject::name)
                .containsExactlyInAnyOrder("repository.json", "archives/ab/abc", "archives-of-others/x");
        assertThat(storage.list("archives")).singleElement().satisfies(object -> {
            assertThat(object.name()).isEqualTo("archives/ab/abc");
            assertThat(object.size()).isEqualTo(5);
            assertThat(object.modified()).isAfter(java.time.Instant.now().minusSeconds(3600));
        });
    }

    /** Three pages, of 1,000 keys each. */
    @Override
    @Test
    protected void listsManyObjects() throws Exception {
        int many = 2_100;
        ExecutorService writers = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> puts = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                String name = "archives/" + i % 100 + "/object-" + i;
                puts.add(writers.submit(() -> storage.put(name, BytesPayload.of("x"))));
            }
            for (Future<?> put : puts) {
                put.get();
            }
        } finally {
            writers.shutdownNow();
        }

        List<StoredObject> listed = storage.list("archives");

        assertThat(listed).hasSize(many).allMatch(object -> object.size() == 1);
        assertThat(listed.stream().map(StoredObject::name).distinct()).hasSize(many);
    }

    private void putForeign(String key) {
        try (S3Client client = ceph.client()) {
            client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString("half"));
        }
    }
}
