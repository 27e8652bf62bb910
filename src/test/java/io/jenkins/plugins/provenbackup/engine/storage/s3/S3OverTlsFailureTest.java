package io.jenkins.plugins.provenbackup.engine.storage.s3;

import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.TlsContract;
import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import io.jenkins.plugins.provenbackup.engine.storage.tls.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** S3Proxy with TLS. */
class S3OverTlsFailureTest extends S3FailureContract implements TlsContract {

    @TempDir
    static Path keys;

    static TestCertificate certificate;

    private S3ProxyServer server;

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = TestCertificate.ofLoopback(keys);
    }

    @BeforeEach
    @Override
    protected void createBase() throws Exception {
        server = S3ProxyServer.start(directory, certificate);
        super.createBase();
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Override
    public int port() {
        return server.tlsPort();
    }

    @Override
    public StorageOptions options(int port) {
        return server.tlsOptions();
    }

    @Override
    String bucket() {
        return base.getFileName().toString();
    }

    @Override
    StorageLocation location(String bucketAndPrefix, int port) throws Exception {
        return S3ProxyServer.tlsLocation(S3ProxyServer.KEY, bucketAndPrefix, port);
    }

    @Override
    S3Client client() {
        return CephGateway.client(server.port(), "us-east-1", S3ProxyServer.KEY, S3ProxyServer.SECRET);
    }

    @Override
    protected Storage openWithoutRightToDelete(Path path) throws Exception {
        return StorageFactory.open(
                S3ProxyServer.tlsLocation(S3ProxyServer.KEEPER, bucket(), port()),
                server.tlsOptions(),
                OpenMode.EXISTING);
    }

    /** This server says 500 of any failure. */
    @Override
    protected Class<? extends StorageException> whenFull() {
        return StorageException.class;
    }

    @Override
    public void withServer(TestCertificate certificate, Path path, ServerUse use) throws Exception {
        Path files = Files.createDirectories(directory.resolve("other files"));
        Files.createDirectories(files.resolve(bucket()));
        try (S3ProxyServer other = S3ProxyServer.start(files, certificate)) {
            use.with(S3ProxyServer.tlsLocation(S3ProxyServer.KEY, bucket(), other.tlsPort()));
        }
    }
}
