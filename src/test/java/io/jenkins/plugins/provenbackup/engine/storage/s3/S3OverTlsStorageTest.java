package io.jenkins.plugins.provenbackup.engine.storage.s3;

import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import io.jenkins.plugins.provenbackup.engine.storage.tls.TestCertificate;
import java.nio.file.Path;

/** The same over TLS, with a certificate of its own. */
class S3OverTlsStorageTest extends S3ProxyStorageTest {

    @Override
    S3ProxyServer start(Path files) throws Exception {
        return S3ProxyServer.start(files, TestCertificate.ofLoopback(files.resolve("tls")));
    }

    @Override
    Storage open(S3ProxyServer server, String bucket) throws Exception {
        return StorageFactory.open(
                S3ProxyServer.tlsLocation(S3ProxyServer.KEY, bucket, server.tlsPort()),
                server.tlsOptions(),
                OpenMode.CREATE);
    }
}
