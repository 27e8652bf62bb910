package io.jenkins.plugins.provenbackup.jenkins.configuration;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Certificates as PEM text. */
final class Certificates {

    private Certificates() {}

    /**
     * Says whose they are.
     *
     * @throws IllegalArgumentException when there is none, or one has expired
     */
    static String describe(String text) {
        Collection<? extends Certificate> found;
        try {
            found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (CertificateException e) {
            throw new IllegalArgumentException(Messages.Certificates_none(), e);
        }
        List<String> names = new ArrayList<>();
        for (Certificate one : found) {
            X509Certificate certificate = (X509Certificate) one;
            String name = certificate.getSubjectX500Principal().getName();
            if (certificate.getNotAfter().toInstant().isBefore(Instant.now())) {
                throw new IllegalArgumentException(Messages.Certificates_expired(name));
            }
            names.add(name);
        }
        if (names.isEmpty()) {
            throw new IllegalArgumentException(Messages.Certificates_none());
        }
        return Messages.Certificates_trusted(String.join("; ", names));
    }
}
