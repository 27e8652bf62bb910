package io.jenkins.plugins.provenbackup.engine.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.storage.BytesPayload;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.PutOutcome;
import io.jenkins.plugins.provenbackup.engine.storage.RetryPolicy;
import io.jenkins.plugins.provenbackup.engine.storage.RetryingStorage;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.Time;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users get to see when server, network or account let them down. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class S3FailureTest {

    private static final Duration SHORT = Duration.ofSeconds(2);

    @TempDir
    Path directory;

    private S3ProxyServer server;
    private MisbehavingProxy proxy;
    private Storage storage;

    @BeforeEach
    void start() throws Exception {
        server = S3ProxyServer.start(directory);
        Files.createDirectory(directory.resolve("bucket"));
        proxy = MisbehavingProxy.to(server.port());
        storage = open(Duration.ofSeconds(60));
    }

    @AfterEach
    void stop() throws Exception {
        storage.close();
        proxy.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "503, SlowDown",
        "503, ServiceUnavailable",
        "500, InternalError",
        "502, BadGateway",
        "429, TooManyRequests",
        "400, RequestTimeout",
        "409, OperationAborted",
        "400, BadDigest",
        "404, NoSuchUpload",
    })
    void whatMayPassIsTriedAgain(int status, String code) throws Exception {
        proxy.refuse("PUT", 3, status, code);

        assertThatThrownBy(() -> storage.put("archives/ab/x", BytesPayload.of("x")))
                .isInstanceOf(StorageException.Transient.class)
                .hasMessageContaining(status + " " + code)
                .hasMessageContaining("archives/ab/x");
        assertThat(patient().put("archives/ab/x", BytesPayload.of("x"))).isEqualTo(PutOutcome.STORED);

        assertThat(proxy.refused()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, AccessDenied, rights",
        "403, ExpiredToken, AccessDenied, expired",
        "403, InvalidAccessKeyId, AccessDenied, access key",
        "507, InsufficientStorage, Full, quota",
        "403, QuotaExceeded, Full, quota",
        "400, XMinioStorageFull, Full, quota",
        "403, RequestTimeTooSkewed, StorageException, clock",
        "301, PermanentRedirect, StorageException, region=",
        "403, InvalidObjectState, StorageException, Glacier",
    })
    void whatWillNotPassIsTold(int status, String code, String type, String word) {
        proxy.refuse("PUT", 1, status, code);

        assertThatThrownBy(() -> storage.put("archives/ab/x", BytesPayload.of("x")))
                .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(type))
                .hasMessageContaining("archives/ab/x")
                .hasMessageContaining(word)
                .satisfies(e -> assertThat(((StorageException) e).mayPass()).isFalse());
    }

    @Test
    void accountThatMayNotDeleteIsToldSo() throws Exception {
        storage.put("holds/x", BytesPayload.of("x"));
        proxy.refuse("DELETE", 1, 403, "AccessDenied");

        assertThatThrownBy(() -> storage.delete("holds/x"))
                .isInstanceOf(StorageException.AccessDenied.class)
                .hasMessageContaining("may not delete");
    }

    @Test
    void wrongSecretIsToldFromWrongKey() throws Exception {
        assertThatThrownBy(() ->
                        S3Storage.open(server.location("bucket/p"), S3ProxyServer.options("wrong"), OpenMode.CREATE))
                .isInstanceOf(StorageException.AccessDenied.class)
                .hasMessageContaining("SignatureDoesNotMatch")
                .hasMessageContaining("secret")
                .hasMessageNotContaining("wrong");
        StorageLocation stranger =
                StorageLocation.parse(server.location("bucket/p").toString().replace(S3ProxyServer.KEY, "STRANGER"));
        assertThatThrownBy(() -> S3Storage.open(stranger, S3ProxyServer.options(), OpenMode.CREATE))
                .isInstanceOf(StorageException.AccessDenied.class)
                .hasMessageContaining("access key");
    }

    @Test
    void missingBucketIsNamed() {
        assertThatThrownBy(
                        () -> S3Storage.open(server.location("no-bucket/p"), S3ProxyServer.options(), OpenMode.CREATE))
                .isInstanceOf(StorageException.Missing.class)
                .hasMessageContaining("there is no bucket no-bucket");
    }

    @Test
    void missingPrefixIsNoRepository() throws Exception {
        StorageLocation location = server.location("bucket/nothing/here");
        assertThatThrownBy(() -> S3Storage.open(location, S3ProxyServer.options(), OpenMode.EXISTING))
                .isInstanceOf(StorageException.Missing.class)
                .hasMessageContaining("bucket/nothing/here");
        try (Storage created = S3Storage.open(location, S3ProxyServer.options(), OpenMode.CREATE)) {
            created.put("repository.json", BytesPayload.of("{}"));
        }
        try (Storage existing = S3Storage.open(location, S3ProxyServer.options(), OpenMode.EXISTING)) {
            assertThat(existing.size("repository.json")).hasValue(2);
        }
    }

    @Test
    void serverThatIsNotThereMayComeBack() throws Exception {
        StorageLocation location = server.location("bucket");
        server.close();

        assertThatThrownBy(() -> S3Storage.open(location, S3ProxyServer.options(), OpenMode.CREATE))
                .isInstanceOf(StorageException.Transient.class)
                .hasMessageContaining("127.0.0.1");
        server = S3ProxyServer.start(directory);
    }

    @Test
    void serverWithoutConditionalPutsIsAskedFirst() throws Exception {
        proxy.refuse("PUT", 1, 501, "NotImplemented");

        assertThat(storage.put("archives/ab/x", BytesPayload.of("x"))).isEqualTo(PutOutcome.STORED);

        assertThat(proxy.refused()).isEqualTo(1);
        assertThat(storage.put("archives/ab/x", BytesPayload.of("x"))).isEqualTo(PutOutcome.ALREADY_THERE);
        assertThatThrownBy(() -> storage.put("archives/ab/x", BytesPayload.of("y")))
                .isInstanceOf(StorageException.Conflict.class);
    }

    @ParameterizedTest
    @CsvSource({"5000000, 2000000", "40000000, 20000000"})
    void uploadThatIsCutLeavesNothingUnderItsName(int size, long cut) throws Exception {
        BytesPayload payload = BytesPayload.random(size, 1);
        proxy.cutUploadAfter(cut);

        assertThatThrownBy(() -> storage.put("archives/ab/x", payload)).isInstanceOf(StorageException.Transient.class);

        assertThat(storage.size("archives/ab/x")).isEmpty();
        assertThat(patient().put("archives/ab/x", payload)).isEqualTo(PutOutcome.STORED);
        assertThat(contentOf(storage, "archives/ab/x")).isEqualTo(payload.bytes());
    }

    @Test
    void putWhoseAnswerIsLostIsFoundToHaveSucceeded() throws Exception {
        BytesPayload payload = BytesPayload.random(500_000, 2);
        proxy.loseAnswerAfterUploadOf(500_000);

        assertThat(storage.put("archives/ab/x", payload)).isEqualTo(PutOutcome.STORED);
        assertThat(storage.put("archives/ab/x", payload)).isEqualTo(PutOutcome.ALREADY_THERE);
    }

    @Test
    void downloadThatIsCutGoesOnWhereItWas() throws Exception {
        BytesPayload payload = BytesPayload.random(5_000_000, 3);
        storage.put("archives/ab/x", payload);

        proxy.cutDownloadAfter(2_000_000);
        assertThatThrownBy(() -> contentOf(storage, "archives/ab/x")).isInstanceOf(StorageException.Transient.class);
        proxy.cutDownloadAfter(2_000_000);
        assertThatThrownBy(() -> storage.read("archives/ab/x", 0, 5_000_000))
                .isInstanceOf(StorageException.Transient.class);
        proxy.cutDownloadAfter(2_000_000);
        assertThat(contentOf(patient(), "archives/ab/x")).isEqualTo(payload.bytes());
    }

    @Test
    void serverThatHangsIsGivenUp() throws Exception {
        BytesPayload payload = BytesPayload.random(5_000_000, 4);
        storage.put("archives/ab/x", payload);
        try (Storage hasty = open(SHORT)) {
            proxy.stallUploadAfter(2_000_000);
            assertGivenUp(() -> hasty.put("archives/ab/y", payload));
            proxy.stallDownloadAfter(2_000_000);
            assertGivenUp(() -> hasty.read("archives/ab/x", 0, 5_000_000));
            proxy.stallDownloadAfter(2_000_000);
            assertGivenUp(() -> contentOf(hasty, "archives/ab/x"));
            proxy.stallDownloadAfter(1);
            assertGivenUp(() -> hasty.list(""));

            assertThat(hasty.read("archives/ab/x", 0, 5_000_000)).isEqualTo(payload.bytes());
        }
    }

    @Test
    void interruptEndsACallThatHangs() throws Exception {
        proxy.stallUploadAfter(2_000_000);
        Thread caller = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            try {
                proxy.awaitStall();
                caller.interrupt();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        interrupter.start();

        assertThatThrownBy(() -> storage.put("archives/ab/y", BytesPayload.random(5_000_000, 5)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("interrupted");

        assertThat(Thread.interrupted()).isTrue();
        interrupter.join();
        assertThat(storage.size("archives/ab/y")).isEmpty();
    }

    private void assertGivenUp(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(StorageException.Transient.class)
                .hasMessageContaining("has not answered for 2 s");
    }

    private Storage open(Duration timeout) throws StorageException {
        return S3Storage.open(
                S3ProxyServer.location("bucket/p", proxy.port()),
                S3ProxyServer.options().withTimeouts(Duration.ofSeconds(20), timeout),
                OpenMode.CREATE);
    }

    private Storage patient() {
        RetryPolicy policy = new RetryPolicy(8, Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofMinutes(1));
        return new RetryingStorage(storage, policy, Time.system(), new Random(1));
    }

    private static byte[] contentOf(Storage storage, String name) throws Exception {
        try (InputStream in = storage.open(name)) {
            return in.readAllBytes();
        }
    }
}
