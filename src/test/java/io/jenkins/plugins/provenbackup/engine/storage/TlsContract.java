package io.jenkins.plugins.provenbackup.engine.storage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import io.jenkins.plugins.provenbackup.engine.storage.tls.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A remote storage behind TLS. */
public interface TlsContract extends PasswordContract {

    /** The location of a server like the one that is tested, with another certificate, while something is done with it. */
    void withServer(TestCertificate certificate, Path path, ServerUse use) throws Exception;

    /** What to do with a server. */
    interface ServerUse {
        void with(StorageLocation location) throws Exception;
    }

    @Test
    default void refusesACertificateThatNobodyVouchesFor() throws Exception {
        StorageOptions options = new StorageOptions(
                options(port()).credentials(),
                CredentialBook.empty(),
                Map.of(),
                Optional.empty(),
                StorageOptions.defaults().connectTimeout(),
                StorageOptions.defaults().operationTimeout(),
                1,
                Optional.empty());

        assertThatThrownBy(() -> open(options))
                .isInstanceOf(StorageException.AccessDenied.class)
                .hasMessageContaining("is not trusted")
                .hasMessageContaining("127.0.0.1 port " + port())
                .hasMessageContaining("--tls-ca");
    }

    @Test
    default void refusesACertificateOfAnotherHost() throws Exception {
        TestCertificate certificate = TestCertificate.ofAnotherHost(directory().resolve("other"));
        withServer(certificate, base(), location -> {
            StorageOptions options = options(port()).withTrustedCertificates(certificate.certificate());

            assertThatThrownBy(() -> StorageFactory.open(location, options, OpenMode.EXISTING))
                    .isInstanceOf(StorageException.AccessDenied.class)
                    .hasMessageContaining("is for another host");
        });
    }

    @Test
    default void refusesAFileWithoutCertificates() throws Exception {
        Path empty = Files.createFile(directory().resolve("empty.pem"));
        Path none = directory().resolve("none.pem");
        Path text = Files.writeString(directory().resolve("text.pem"), "hello");

        for (Path file : new Path[] {empty, none, text}) {
            assertThatThrownBy(() -> open(options(port()).withTrustedCertificates(file)))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining(file.toString());
        }
    }
}
