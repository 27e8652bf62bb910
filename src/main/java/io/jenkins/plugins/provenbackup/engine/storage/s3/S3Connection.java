package io.jenkins.plugins.provenbackup.engine.storage.s3;

import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.tls.TlsTrust;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** The client of one bucket and the threads that use it. Safe for several threads. */
final class S3Connection implements AutoCloseable {

    // Those that clear away what a broken upload left need some beside the ones of the options.
    private static final int SPARE_CONNECTIONS = 4;

    private final S3Settings settings;
    private final StorageLocation location;
    private final S3Calls calls;
    private final SdkHttpClient http;
    private final S3Client client;

    S3Connection(StorageLocation location, StorageOptions options) throws StorageException {
        this.location = location;
        settings = S3Settings.of(location);
        calls = new S3Calls(options, new S3Errors(settings));
        http = new BreakableHttpClient(http(options), calls);
        client = client(options);
    }

    S3Settings settings() {
        return settings;
    }

    /** For messages: the URI, which contains no secret. */
    String location() {
        return location.toString();
    }

    S3Calls calls() {
        return calls;
    }

    S3Client client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        http.close();
    }

    private static SdkHttpClient http(StorageOptions options) throws StorageException {
        // The caller watches the progress; these timeouts end the threads that nobody waits for any more.
        Duration longest = options.operationTimeout().multipliedBy(2);
        Apache5HttpClient.Builder builder = Apache5HttpClient.builder()
                .maxConnections(options.connections() + SPARE_CONNECTIONS)
                .connectionTimeout(options.connectTimeout())
                .connectionAcquisitionTimeout(longest)
                .socketTimeout(longest)
                .tcpKeepAlive(true);
        if (options.trustedCertificates().isPresent()) {
            TrustManager[] managers = {TlsTrust.of(options).manager()};
            builder.tlsTrustManagersProvider(() -> managers);
        }
        return builder.build();
    }

    private S3Client client(StorageOptions options) {
        Optional<Region> region = S3Login.region(settings);
        S3ClientBuilder builder = S3Client.builder()
                .httpClient(http)
                .credentialsProvider(S3Login.credentials(location, options.credentials()))
                .region(region.orElse(Region.US_EAST_1))
                .forcePathStyle(settings.addressing() == S3Settings.Addressing.PATH)
                // Every put brings its SHA-256 along; more than that, in trailers, few other servers understand.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
                // Whether to try again is for RetryingStorage to say.
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()));
        settings.endpoint().ifPresent(builder::endpointOverride);
        if (settings.endpoint().isEmpty() && region.isEmpty()) {
            builder.crossRegionAccessEnabled(true);
        }
        return builder.build();
    }
}
