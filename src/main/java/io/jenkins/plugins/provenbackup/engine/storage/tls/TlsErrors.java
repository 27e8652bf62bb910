package io.jenkins.plugins.provenbackup.engine.storage.tls;

import io.jenkins.plugins.provenbackup.engine.storage.Causes;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.commons.lang3.exception.ExceptionUtils;

/** Says why a TLS connection failed and what the user can do. */
public final class TlsErrors {

    private TlsErrors() {}

    /**
     * An explanation, when the failure came from TLS itself rather than from the network below it.
     *
     * @param failure what was caught; its causes are looked at too
     * @param server the server for the message, like {@code nas.example port 443}
     */
    public static Optional<StorageException> explain(Throwable failure, String server) {
        boolean handshake = false;
        for (Throwable t : ExceptionUtils.getThrowableList(failure)) {
            if (t instanceof CertificateExpiredException || t instanceof CertificateNotYetValidException) {
                return denied(
                        "The certificate of " + server + " is not valid today (" + t.getMessage()
                                + "): check this machine's clock, and tell the server's administrator.",
                        failure);
            }
            if (t instanceof SSLPeerUnverifiedException || isOfAnotherHost(t)) {
                return denied(
                        "The certificate of " + server + " is for another host (" + t.getMessage()
                                + "): use the name that it was made for, or somebody is in between.",
                        failure);
            }
            if (t instanceof CertPathBuilderException || t instanceof CertPathValidatorException) {
                return denied(
                        "The certificate of " + server + " is not trusted: no authority that this Java knows has"
                                + " signed it. When it, or its authority, is your own, get the certificate from the server's"
                                + " administrator and name its file (PEM) with --tls-ca.",
                        failure);
            }
            handshake |= t instanceof SSLHandshakeException || t instanceof SSLException;
        }
        return handshake && isAboutTls(failure)
                ? Optional.of(new StorageException(
                        "Cannot talk TLS with " + server + " ("
                                + Causes.root(failure).getMessage()
                                + "). Check the port, and that the server speaks TLS 1.2 or newer there.",
                        failure))
                : Optional.empty();
    }

    // Java gives no type for this; the words are in sun.security.util.HostnameChecker since Java 1.4.
    private static boolean isOfAnotherHost(Throwable t) {
        String words = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
        return t instanceof CertificateException
                && t.getCause() == null
                && (words.startsWith("no subject alternative") || words.startsWith("no name matching"));
    }

    /** A handshake that the network cut short says so, and may pass. */
    private static boolean isAboutTls(Throwable failure) {
        String words = String.valueOf(Causes.root(failure).getMessage()).toLowerCase(Locale.ROOT);
        return Causes.root(failure) instanceof SSLException
                && !words.contains("terminated")
                && !words.contains("decode_error") // what a server says when the connection ends in the middle
                && !words.contains("closed")
                && !words.contains("reset")
                && !words.contains("eof");
    }

    private static Optional<StorageException> denied(String message, Throwable cause) {
        return Optional.of(new StorageException.AccessDenied(message, cause));
    }
}
