package io.jenkins.plugins.provenbackup.engine.storage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import io.jenkins.plugins.provenbackup.engine.storage.tls.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A remote storage behind TLS. */
public abstract class TlsContract extends PasswordContract {

    /** The location of a server like the one that is tested, with another certificate, while something is done with it. */
    protected abstract void withServer(TestCertificate certificate, Path path, ServerUse use) throws Exception;

    /** What to do with a server. */
    public interface ServerUse {
        void with(StorageLocation location) throws Exception;
    }

    @Test
    void refusesACertificateThatNobodyVouchesFor() throws Exception {
        StorageOptions options = new StorageOptions(
                options(port()).credentials(),
                CredentialBook.empty(),
                java.util.Map.of(),
                java.util.Optional.empty(),
                StorageOptions.defaults().connectTimeout(),
                StorageOptions.defaults().operationTimeout(),
                1,
                java.util.Optional.empty());

        assertThatThrownBy(() -> open(options))
                .isInstanceOf(StorageException.AccessDenied.class)
                .hasMessageContaining("is not trusted")
                .hasMessageContaining("127.0.0.1 port " + port())
                .hasMessageContaining("--tls-ca");
    }

    @Test
    void refusesACertificateOfAnotherHost() throws Exception {
        TestCertificate certificate = TestCertificate.ofAnotherHost(directory.resolve("other"));
        withServer(certificate, base, location -> {
            StorageOptions options = options(port()).withTrustedCertificates(certificate.certificate());

            assertThatThrownBy(() -> StorageFactory.open(location, options, OpenMode.EXISTING))
                    .isInstanceOf(StorageException.AccessDenied.class)
                    .hasMessageContaining("is for another host");
        });
    }

    @Test
    void refusesAFileWithoutCertificates() throws Exception {
        Path empty = Files.createFile(directory.resolve("empty.pem"));
        Path none = directory.resolve("none.pem");
        Path text = Files.writeString(directory.resolve("text.pem"), "hello");

        for (Path file : new Path[] {empty, none, text}) {
            assertThatThrownBy(() -> open(options(port()).withTrustedCertificates(file)))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining(file.toString());
        }
    }
}
