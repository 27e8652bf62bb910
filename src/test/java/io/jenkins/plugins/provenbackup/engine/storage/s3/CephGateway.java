package io.jenkins.plugins.provenbackup.engine.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.storage.StorageCredentials;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The S3 server of Ceph (Debian's radosgw, ceph-mon, ceph-osd) on loopback ports, its objects in memory: it knows versions,
 * Object Lock, conditional puts, bucket policies and quotas, and enforces them. One for all tests of a run, since it takes ten
 * seconds to start. As root or as an ordinary user.
 */
public final class CephGateway implements AutoCloseable {

    public static final String OWNER = "OWNERKEY";
    public static final String OWNER_SECRET = "owner-secret";
    /** The account that a bucket's policy may give less rights to. */
    public static final String WRITER = "WRITERKEY";

    public static final String WRITER_SECRET = "writer-secret";

    private static final List<String> PROGRAMS = List.of("ceph", "ceph-mon", "ceph-osd", "monmaptool", "radosgw");
    private static final long SECONDS_TO_START = 120;

    private static final String CONFIGURATION = """
            [global]
            fsid = %1$s
            mon host = v1:127.0.0.1:%3$d
            auth cluster required = none
            auth service required = none
            auth client required = none
            auth allow insecure global id reclaim = false
            run dir = %2$s
            admin socket =
            pid file = %2$s/$name.pid
            log file = %2$s/$name.log
            keyring = %2$s/keyring
            ms bind msgr2 = false
            osd pool default size = 1
            osd pool default min size = 1
            osd pool default pg num = 4
            osd pool default pgp num = 4
            mon allow pool size one = true
            osd crush chooseleaf type = 0
            osd objectstore = memstore
            memstore device bytes = 4294967296
            osd data = %2$s/osd
            mon data = %2$s/mon
            mon data avail crit = 1
            mon data avail warn = 2
            rgw data = %2$s/rgw
            [osd]
            public addr = 127.0.0.1
            cluster addr = 127.0.0.1
            [client.rgw]
            rgw frontends = beast endpoint=127.0.0.1:%4$d
            rgw lc debug interval = -1
            """;

    private final Path directory;
    private final int port;
    private final List<Process> processes = new ArrayList<>();

    private CephGateway(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** The one of this test run, started when it is first asked for; skips the test where it is not installed. */
    public static CephGateway of(ExtensionContext context) {
        Assumptions.assumeTrue(isInstalled(), "no Ceph: install radosgw, ceph-mon and ceph-osd");
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(CephGateway.class, type -> start(), CephGateway.class);
    }

    public static boolean isInstalled() {
        return PROGRAMS.stream().allMatch(program -> Files.isExecutable(Path.of("/usr/bin/" + program)));
    }

    private static CephGateway start() {
        IllegalStateException failures = new IllegalStateException("Ceph did not start");
        // A port that was free may be taken by the time that a server wants it.
        for (int attempt = 0; attempt < 3; attempt++) {
            try {
                return tryToStart();
            } catch (Exception | AssertionError e) {
                failures.addSuppressed(e);
            }
        }
        throw failures;
    }

    private static CephGateway tryToStart() throws Exception {
        CephGateway gateway = new CephGateway(Files.createTempDirectory("proven-backup-ceph"), freePort());
        try {
            gateway.startAll();
            return gateway;
        } catch (Exception | Error e) {
            gateway.close();
            throw e;
        }
    }

    public int port() {
        return port;
    }

    /** A location as the owner of everything. */
    public StorageLocation location(String bucketAndPrefix, String more) throws StorageException {
        return location(OWNER, bucketAndPrefix, more, port);
    }

    public StorageLocation location(String key, String bucketAndPrefix, String more, int otherPort)
            throws StorageException {
        return StorageLocation.parse("s3://" + key + "@" + bucketAndPrefix + "?endpoint=http://127.0.0.1:" + otherPort
                + "&region=default" + more);
    }

    public StorageOptions options(String secret) {
        return StorageOptions.defaults()
                .withCredentials(StorageCredentials.none().withPassword(secret.toCharArray()))
                .withConnections(8)
                .withTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(60));
    }

    public StorageOptions options() {
        return options(OWNER_SECRET);
    }

    /** A new bucket. */
    public String bucket() {
        String name = "b" + UUID.randomUUID();
        try (S3Client client = client()) {
            client.createBucket(request -> request.bucket(name));
        }
        return name;
    }

    /** A new bucket with versions and Object Lock. */
    public String lockingBucket() {
        String name = "b" + UUID.randomUUID();
        try (S3Client client = client()) {
            client.createBucket(request -> request.bucket(name).objectLockEnabledForBucket(true));
        }
        return name;
    }

    /** Gives the writer these rights and no other. */
    public void allowWriter(String bucket, String... actions) {
        policy(bucket, statement("Allow", bucket, actions));
    }

    /** Gives the writer all rights but these. */
    public void denyWriter(String bucket, String... actions) {
        policy(bucket, statement("Allow", bucket, "s3:*") + ", " + statement("Deny", bucket, actions));
    }

    private void policy(String bucket, String statements) {
        try (S3Client client = client()) {
            client.putBucketPolicy(request -> request.bucket(bucket)
                    .policy("{\"Version\": \"2012-10-17\", \"Statement\": [" + statements + "]}"));
        }
    }

    private static String statement(String effect, String bucket, String... actions) {
        return """
                {"Effect": "%s", "Principal": {"AWS": ["arn:aws:iam:::user/writer"]}, "Action": ["%s"],
                "Resource": ["arn:aws:s3:::%s", "arn:aws:s3:::%s/*"]}
                """.formatted(effect, String.join("\", \"", actions), bucket, bucket);
    }

    /** The owner's own client, to look behind what is tested. */
    public S3Client client() {
        return client(port, "default", OWNER, OWNER_SECRET);
    }

    /** A plain client of any server on this machine. */
    static S3Client client(int port, String region, String key, String secret) {
        return S3Client.builder()
                .httpClientBuilder(Apache5HttpClient.builder())
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret)))
                .build();
    }

    /** Runs radosgw-admin. */
    public void admin(String... words) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("radosgw-admin", "-c", configuration().toString(), "-n", "client.rgw"));
        command.addAll(List.of(words));
        run(command.toArray(String[]::new));
    }

    @Override
    public void close() throws IOException {
        for (int i = processes.size() - 1; i >= 0; i--) {
            processes.get(i).destroyForcibly();
        }
        for (Process process : processes) {
            process.onExit().join();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private Path configuration() {
        return directory.resolve("ceph.conf");
    }

    private void startAll() throws Exception {
        for (String folder : List.of("mon", "osd", "rgw")) {
            Files.createDirectory(directory.resolve(folder));
        }
        int monitor = freePort();
        String cluster = UUID.randomUUID().toString();
        String disk = UUID.randomUUID().toString();
        String conf = configuration().toString();
        String map = directory.resolve("monmap").toString();
        Files.writeString(configuration(), CONFIGURATION.formatted(cluster, directory, monitor, port));
        run("monmaptool", "--create", "--fsid", cluster, "--addv", "a", "[v1:127.0.0.1:" + monitor + "]", map);
        run("ceph-mon", "-c", conf, "-i", "a", "--mkfs", "--monmap", map);
        launch("ceph-mon", "-c", conf, "-i", "a", "-f");
        run("ceph", "-c", conf, "--connect-timeout", "60", "osd", "new", disk);
        run("ceph-osd", "-c", conf, "-i", "0", "--mkfs", "--osd-uuid", disk);
        launch("ceph-osd", "-c", conf, "-i", "0", "-f");
        launch("radosgw", "-c", conf, "-n", "client.rgw", "-f");
        awaitPort();
        admin(
                "user",
                "create",
                "--uid=owner",
                "--display-name=o",
                "--access-key=" + OWNER,
                "--secret-key=" + OWNER_SECRET);
        admin(
                "user",
                "create",
                "--uid=writer",
                "--display-name=w",
                "--access-key=" + WRITER,
                "--secret-key=" + WRITER_SECRET);
    }

    private void launch(String... command) throws IOException {
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(command[0] + ".out").toFile())
                .start());
    }

    private void run(String... command) throws Exception {
        Path output = Files.createTempFile(directory, "run", ".out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(SECONDS_TO_START, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        assertThat(process.exitValue())
                .as(() -> String.join(" ", command) + ": " + read(output))
                .isZero();
    }

    private void awaitPort() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_START);
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(socket.isConnected()).isTrue();
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() > end || processes.stream().anyMatch(process -> !process.isAlive())) {
                    throw new IOException("no S3 server: " + logs(), notYet);
                }
                Thread.sleep(100);
            }
        }
    }

    private String logs() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            StringBuilder logs = new StringBuilder();
            for (Path file : files.filter(file -> file.toString().matches(".*\\.(out|log)"))
                    .toList()) {
                String text = read(file);
                logs.append(file.getFileName()).append(":\n").append(text.substring(Math.max(0, text.length() - 2000)));
            }
            return logs.toString();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
