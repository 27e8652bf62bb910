package io.jenkins.plugins.provenbackup.engine.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.storage.BytesPayload;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import io.jenkins.plugins.provenbackup.engine.storage.Versions;
import java.io.InputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Objects that somebody overwrote or deleted in a versioned bucket, as Ceph keeps them. */
@ExtendWith(CephExtension.class)
class S3VersionsIT {

    private static final String NAME = "archives/ab/abc";
    private static final BytesPayload GOOD = BytesPayload.random(100_000, 1);
    private static final ObjectHash HASH = ObjectHash.of(GOOD.sha256());

    private final CephGateway ceph;
    private final String bucket;
    private Storage storage;

    S3VersionsIT(CephGateway ceph) {
        this.ceph = ceph;
        bucket = ceph.lockingBucket();
    }

    @BeforeEach
    void open() throws Exception {
        storage = reopen();
        storage.put(NAME, GOOD);
        storage.put("archives/ab/abcd", BytesPayload.of("never touched"));
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void nothingIsChangedAtFirst() throws Exception {
        assertThat(versions().changed("")).isEmpty();
    }

    @Test
    void deletedObjectIsFoundAndRead() throws Exception {
        storage.delete(NAME);

        assertThat(storage.size(NAME)).isEmpty();
        assertThat(versions().changed("archives")).containsExactly(new Versions.Changed(NAME, 1, true));
        assertThat(versions().select(NAME, HASH)).isTrue();
        assertThat(storage.size(NAME)).hasValue(100_000);
        assertThat(content(storage)).isEqualTo(GOOD.bytes());
        try (Storage other = reopen()) {
            assertThat(other.size(NAME)).isEmpty();
        }
    }

    @Test
    void overwrittenObjectIsFoundAndRead() throws Exception {
        overwrite("damaged");

        assertThat(content(storage)).asString().isEqualTo("damaged");
        assertThat(versions().changed("")).containsExactly(new Versions.Changed(NAME, 2, false));
        assertThat(versions().select(NAME, HASH)).isTrue();
        assertThat(content(storage)).isEqualTo(GOOD.bytes());
        assertThat(storage.read(NAME, 99_999, 1)).containsExactly(GOOD.bytes()[99_999]);
        assertThat(versions().select(NAME, ObjectHash.ofContent(new byte[1]))).isFalse();
    }

    @Test
    void intactVersionIsMadeTheNewestForEverybody() throws Exception {
        overwrite("damaged");
        storage.delete(NAME);

        assertThat(versions().restore(NAME, HASH)).isTrue();

        try (Storage other = reopen()) {
            assertThat(content(other)).isEqualTo(GOOD.bytes());
            assertThat(other.list("archives")).extracting(StoredObject::name).contains(NAME);
        }
        assertThat(versions().restore("archives/ab/none", HASH)).isFalse();
    }

    private void overwrite(String text) {
        try (S3Client owner = ceph.client()) {
            owner.putObject(request -> request.bucket(bucket).key("p/" + NAME), RequestBody.fromString(text));
        }
    }

    private Versions versions() {
        return storage.versions().orElseThrow();
    }

    private Storage reopen() throws Exception {
        return S3Storage.open(ceph.location(bucket + "/p", ""), ceph.options(), OpenMode.CREATE);
    }

    private static byte[] content(Storage storage) throws Exception {
        try (InputStream in = storage.open(NAME)) {
            return in.readAllBytes();
        }
    }
}
