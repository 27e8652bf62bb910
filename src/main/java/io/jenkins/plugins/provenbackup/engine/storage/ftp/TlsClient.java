package io.jenkins.plugins.provenbackup.engine.storage.ftp;

import io.jenkins.plugins.provenbackup.engine.storage.tls.TlsTrust;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.commons.net.ftp.FTPSClient;

/**
 * Commons Net's client, with data connections that resume the TLS session of the control connection, as most servers demand
 * (so that nobody else can take the data connection over), and that check the host like that. Java resumes sessions by host
 * and port, and Commons Net would give it those of the data connection; here it gets those of the control connection.
 */
final class TlsClient extends FTPSClient {

    private final SSLContext context;
    private final String host;
    private boolean secureData;

    TlsClient(FtpSecurity security, TlsTrust trust, String host) {
        super(security == FtpSecurity.IMPLICIT_TLS, trust.context());
        context = trust.context();
        this.host = host;
        setEndpointCheckingEnabled(true);
    }

    /** Encrypts all data connections from now on. */
    void secureData(OpenSockets sockets) throws IOException {
        execPBSZ(0);
        execPROT("P");
        // execPROT has set a factory of TLS sockets, which would be too early.
        setSocketFactory(sockets);
        secureData = true;
    }

    @Override
    protected Socket _openDataConnection_(String command, String arg) throws IOException {
        Socket plain = super._openDataConnection_(command, arg);
        if (plain == null || !secureData) {
            return plain;
        }
        SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(plain, host, getRemotePort(), true);
        try {
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            return secure;
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }
}
