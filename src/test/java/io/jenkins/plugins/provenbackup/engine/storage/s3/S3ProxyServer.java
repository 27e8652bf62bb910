package io.jenkins.plugins.provenbackup.engine.storage.s3;

import io.jenkins.plugins.provenbackup.engine.storage.StorageCredentials;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.tls.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;

/**
 * S3Proxy on free loopback ports, plain or with TLS too; its buckets are the folders of a directory, its objects the files in
 * them.
 */
public final class S3ProxyServer implements AutoCloseable {

    public static final String KEY = "AKIDEXAMPLE";
    /** Has the same secret, and may do everything but delete. */
    public static final String KEEPER = "AKIDKEEPER";

    public static final String SECRET = "wJalrXUtnFEMI-example";

    private final S3Proxy server;
    private final Optional<TestCertificate> certificate;

    private S3ProxyServer(S3Proxy server, Optional<TestCertificate> certificate) {
        this.server = server;
        this.certificate = certificate;
    }

    public static S3ProxyServer start(Path directory) throws Exception {
        return start(directory, Optional.empty());
    }

    /** Starts it with TLS beside plain HTTP. */
    public static S3ProxyServer start(Path directory, TestCertificate certificate) throws Exception {
        return start(directory, Optional.of(certificate));
    }

    private static S3ProxyServer start(Path directory, Optional<TestCertificate> certificate) throws Exception {
        BlobStore files = new FilesystemNio2BlobStore(directory.toString());
        BlobStore kept = new KeepingStore(files);
        S3Proxy.Builder builder = S3Proxy.builder()
                .blobStore(files)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, KEY, SECRET);
        certificate.ifPresent(one -> builder.secureEndpoint(URI.create("https://127.0.0.1:0"))
                .keyStore(one.keyStore().toString(), TestCertificate.PASSWORD));
        S3Proxy server = builder.build();
        server.setBlobStoreLocator((identity, bucket, object) -> switch (String.valueOf(identity)) {
            case KEY -> new AccessGrant(SECRET, files);
            case KEEPER -> new AccessGrant(SECRET, kept);
            default -> null;
        });
        server.start();
        return new S3ProxyServer(server, certificate);
    }

    public int port() {
        return server.getPort();
    }

    public int tlsPort() {
        return server.getSecurePort();
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

    /** A location over TLS for one of the accounts, perhaps through a proxy. */
    public static StorageLocation tlsLocation(String key, String bucketAndPrefix, int port) throws StorageException {
        return StorageLocation.parse(
                "s3://" + key + "@" + bucketAndPrefix + "?endpoint=https://127.0.0.1:" + port + "&region=us-east-1");
    }

    /** The right secret, and trust in the server's certificate. */
    public StorageOptions tlsOptions() {
        return options().withTrustedCertificates(certificate.orElseThrow().certificate());
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

    private static final class KeepingStore extends ForwardingBlobStore {

        private static final int FORBIDDEN = 403;

        KeepingStore(BlobStore files) {
            super(files);
        }

        @Override
        public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
            throw S3Exceptions.fromStatusCode(FORBIDDEN);
        }
    }
}
