package io.jenkins.plugins.provenbackup.engine.storage.s3;

import io.jenkins.plugins.provenbackup.engine.storage.StorageCredentials;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** S3Proxy on a free loopback port; its buckets are the folders of a directory, its objects the files in them. */
public final class S3ProxyServer implements AutoCloseable {

    public static final String KEY = "AKIDEXAMPLE";
    public static final String SECRET = "wJalrXUtnFEMI-example";

    private final S3Proxy server;

    private S3ProxyServer(S3Proxy server) {
        this.server = server;
    }

    public static S3ProxyServer start(Path directory) throws Exception {
        S3Proxy server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(directory.toString()))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, KEY, SECRET)
                .build();
        server.start();
        return new S3ProxyServer(server);
    }

    public int port() {
        return server.getPort();
    }

    /** A location of this server. */
    public StorageLocation location(String bucketAndPrefix) throws StorageException {
        return location(bucketAndPrefix, port());
    }

    /** The same through a proxy in front of it. */
    public static StorageLocation location(String bucketAndPrefix, int port) throws StorageException {
        return StorageLocation.parse(
                "s3://" + KEY + "@" + bucketAndPrefix + "?endpoint=http://127.0.0.1:" + port + "&region=us-east-1");
    }

    public static StorageOptions options() {
        return options(SECRET);
    }

    public static StorageOptions options(String secret) {
        return StorageOptions.defaults()
                .withCredentials(StorageCredentials.none().withPassword(secret.toCharArray()))
                .withConnections(8)
                .withTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(60));
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("S3Proxy does not stop", e);
        }
    }
}
