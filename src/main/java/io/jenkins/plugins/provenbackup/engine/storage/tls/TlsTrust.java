package io.jenkins.plugins.provenbackup.engine.storage.tls;

import io.jenkins.plugins.provenbackup.engine.storage.GivenFile;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Whom TLS connections trust: what this Java trusts (its {@code cacerts}, or {@code javax.net.ssl.trustStore}), and the
 * certificates of a PEM file beside it. Whether a certificate is the host's own is checked by the connection, always.
 * Immutable.
 */
public final class TlsTrust {

    private static final int LARGEST_FILE = 4 << 20;

    private final X509TrustManager manager;
    private final SSLContext context;

    private TlsTrust(X509TrustManager manager, SSLContext context) {
        this.manager = manager;
        this.context = context;
    }

    /**
     * The trust that the options ask for; reads the PEM file.
     *
     * @throws StorageException when the file cannot be read or holds no certificate
     */
    public static TlsTrust of(StorageOptions options) throws StorageException {
        try {
            X509TrustManager manager = manager(null);
            if (options.trustedCertificates().isPresent()) {
                manager = manager(together(
                        manager, certificates(options.trustedCertificates().get())));
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, null);
            return new TlsTrust(manager, context);
        } catch (GeneralSecurityException | IOException e) {
            if (e instanceof StorageException known) {
                throw known;
            }
            throw new StorageException("Cannot set TLS up: " + e.getMessage(), e);
        }
    }

    /** For libraries that make their own context. */
    public X509TrustManager manager() {
        return manager;
    }

    /** A context without client certificates. */
    public SSLContext context() {
        return context;
    }

    private static X509TrustManager manager(KeyStore anchors) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(anchors);
        Optional<X509TrustManager> manager = List.of(factory.getTrustManagers()).stream()
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst();
        return manager.orElseThrow(() -> new GeneralSecurityException("this Java has no X.509 trust manager"));
    }

    private static KeyStore together(X509TrustManager usual, Collection<? extends Certificate> more)
            throws GeneralSecurityException, IOException {
        KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
        anchors.load(null, null);
        int count = 0;
        for (X509Certificate certificate : usual.getAcceptedIssuers()) {
            anchors.setCertificateEntry("usual-" + count++, certificate);
        }
        for (Certificate certificate : more) {
            anchors.setCertificateEntry("more-" + count++, certificate);
        }
        return anchors;
    }

    private static Collection<? extends Certificate> certificates(GivenFile file) throws StorageException {
        byte[] content;
        try {
            content = file.read(LARGEST_FILE);
        } catch (IOException e) {
            throw new StorageException(
                    "Cannot read the file of trusted certificates " + file + ". Check the path and its permissions.",
                    e);
        }
        try {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content));
            if (!found.isEmpty()) {
                return found;
            }
        } catch (CertificateException e) {
            throw noCertificates(file, e);
        }
        throw noCertificates(file, null);
    }

    private static StorageException noCertificates(GivenFile file, CertificateException cause) {
        return new StorageException(
                "There is no certificate in " + file + ". Give a PEM file: -----BEGIN CERTIFICATE----- and so on.",
                cause);
    }
}
