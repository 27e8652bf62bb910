package io.jenkins.plugins.provenbackup.engine.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose answers end in the middle of their XML: the connection's failure, which may pass, and no listing. */
class S3CutAnswerTest {

    private static final byte[] LISTING = """
            <?xml version="1.0" encoding="UTF-8"?>
            <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
              <Name>bucket</Name><Prefix>base/</Prefix><KeyCount>1</KeyCount><MaxKeys>1000</MaxKeys>
              <IsTruncated>false</IsTruncated>
              <Contents><Key>base/archives/ab/x</Key><Size>3</Size>
                <LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>
            </ListBucketResult>
            """.getBytes(UTF_8);

    private HttpServer server;
    private int sent;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/xml");
            exchange.sendResponseHeaders(200, LISTING.length);
            exchange.getResponseBody().write(Arrays.copyOf(LISTING, sent));
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, 60, 130, 250, 350, 450})
    void isAFailedConnection(int length) throws Exception {
        sent = length;
        StorageLocation location =
                S3ProxyServer.location("bucket/base", server.getAddress().getPort());

        assertThatThrownBy(() -> {
                    try (var storage = StorageFactory.open(location, S3ProxyServer.options(), OpenMode.EXISTING)) {
                        storage.list("archives/");
                    }
                })
                .isInstanceOf(StorageException.Transient.class)
                .hasMessageContaining("127.0.0.1 port " + server.getAddress().getPort());
    }
}
