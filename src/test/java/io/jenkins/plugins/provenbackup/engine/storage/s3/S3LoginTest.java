package io.jenkins.plugins.provenbackup.engine.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where access keys come from when nobody gives one: seen in what is sent to a server that only looks. */
class S3LoginTest {

    private static final String PROFILES = "aws.sharedCredentialsFile";
    private static final String CONFIG = "aws.configFile";
    private static final String PROFILE = "aws.profile";
    private static final String NO_METADATA = "aws.disableEc2Metadata";

    @TempDir
    Path directory;

    private final Map<String, String> before = new HashMap<>();
    private final AtomicReference<Headers> seen = new AtomicReference<>();
    private HttpServer server;

    @BeforeEach
    void lookAtRequests() throws Exception {
        assumeThat(System.getenv()).doesNotContainKeys("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");
        set(PROFILES, directory.resolve("credentials").toString());
        set(CONFIG, directory.resolve("config").toString());
        set(NO_METADATA, "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            seen.set(exchange.getRequestHeaders());
            exchange.sendResponseHeaders(403, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void restore() {
        if (server != null) {
            server.stop(0);
        }
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }

    @Test
    void aProfileWithASessionTokenIsUsed() throws Exception {
        Files.writeString(directory.resolve("credentials"), """
                [default]
                aws_access_key_id = AKIDDEFAULT
                aws_secret_access_key = secret
                [backup]
                aws_access_key_id = AKIDBACKUP
                aws_secret_access_key = secret
                aws_session_token = token-of-today
                """);
        set(PROFILE, "backup");

        assertThatThrownBy(this::open).isInstanceOf(StorageException.AccessDenied.class);

        assertThat(seen.get().getFirst("Authorization")).contains("Credential=AKIDBACKUP/");
        assertThat(seen.get().getFirst("X-Amz-Security-Token")).isEqualTo("token-of-today");
    }

    /** What roles and single sign-on are reached by: the AWS command line hands its own credentials on. */
    @Test
    void aProfileThatAsksAnotherProgramIsUsed() throws Exception {
        Path program = Files.writeString(directory.resolve("credentials-of-a-role"), """
                #!/bin/sh
                echo '{"Version": 1, "AccessKeyId": "ASIAROLE", "SecretAccessKey": "s", "SessionToken": "of-the-role"}'
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(directory.resolve("config"), "[profile role]\ncredential_process = " + program + "\n");
        set(PROFILE, "role");

        assertThatThrownBy(this::open).isInstanceOf(StorageException.AccessDenied.class);

        assertThat(seen.get().getFirst("Authorization")).contains("Credential=ASIAROLE/");
        assertThat(seen.get().getFirst("X-Amz-Security-Token")).isEqualTo("of-the-role");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "role_arn = arn:aws:iam::123456789012:role/backup\nsource_profile = default",
                "sso_start_url = https://example.awsapps.com/start\nsso_region = us-east-1\n"
                        + "sso_account_id = 123456789012\nsso_role_name = backup",
            })
    void aProfileThatNeedsMoreThanKeysIsToldWithTheWayOut(String profile) throws Exception {
        Files.writeString(
                directory.resolve("config"),
                "[profile role]\n" + profile + "\n[default]\n"
                        + "aws_access_key_id = AKIDDEFAULT\naws_secret_access_key = secret\n");
        set(PROFILE, "role");

        assertThatThrownBy(this::open)
                .isInstanceOf(StorageException.AccessDenied.class)
                .hasMessageContaining("assumes a role or logs in by SSO")
                .hasMessageContaining("credential_process")
                .hasMessageContaining("export-credentials");
        assertThat(seen.get()).isNull();
    }

    @Test
    void nothingAtAllIsToldWithTheWayOut() {
        assertThatThrownBy(this::open)
                .isInstanceOf(StorageException.AccessDenied.class)
                .hasMessageContaining("there are no credentials")
                .hasMessageContaining("AWS_PROFILE");
    }

    private void open() throws IOException {
        StorageLocation location = StorageLocation.parse("s3://bucket/p?region=us-east-1&endpoint=http://127.0.0.1:"
                + server.getAddress().getPort());
        StorageFactory.open(location, StorageOptions.defaults(), OpenMode.CREATE)
                .close();
    }

    private void set(String name, String value) {
        String old = System.setProperty(name, value);
        before.putIfAbsent(name, old);
    }
}
