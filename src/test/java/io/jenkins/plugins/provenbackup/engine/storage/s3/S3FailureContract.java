package io.jenkins.plugins.provenbackup.engine.storage.s3;

import io.jenkins.plugins.provenbackup.engine.storage.PasswordContract;
import io.jenkins.plugins.provenbackup.engine.storage.RemoteFailureContract;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** What S3 has in common with the others; what it has not is in {@link S3FailureTest}. The base is a bucket of its own. */
abstract class S3FailureContract extends RemoteFailureContract implements PasswordContract {

    /** A prefix exists when something is below it; this is no object of a repository. */
    private static final String MARKER = "lost+found/x";

    private S3Client owner;

    /** A client of the bucket's owner, past the storage. */
    abstract S3Client client() throws Exception;

    abstract String bucket();

    abstract StorageLocation location(String bucketAndPrefix, int port) throws Exception;

    @AfterEach
    void closeClient() {
        if (owner != null) {
            owner.close();
        }
    }

    @Override
    public StorageLocation location(Path path, int port) throws Exception {
        return location(bucket() + "/" + base.relativize(path), port);
    }

    @Override
    protected void share(Path path) throws Exception {
        place(MARKER, new byte[] {'x'});
    }

    @Override
    protected void place(String name, byte[] content) throws Exception {
        owner().putObject(request -> request.bucket(bucket()).key(name), RequestBody.fromBytes(content));
    }

    @Override
    protected Optional<byte[]> stored(String name) throws Exception {
        try {
            return Optional.of(
                    owner().getObjectAsBytes(request -> request.bucket(bucket()).key(name))
                            .asByteArray());
        } catch (NoSuchKeyException missing) {
            return Optional.empty();
        }
    }

    @Override
    protected boolean isEmpty() throws Exception {
        return owner().listObjectsV2(request -> request.bucket(bucket())).contents().stream()
                .allMatch(object -> object.key().equals(MARKER));
    }

    private S3Client owner() throws Exception {
        if (owner == null) {
            owner = client();
        }
        return owner;
    }
}
