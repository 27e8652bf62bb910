package io.jenkins.plugins.provenbackup.engine.storage.ftp;

import io.jenkins.plugins.provenbackup.engine.storage.tls.TlsTrust;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.commons.net.ftp.FTPSClient;

/**
 * Commons Net's client, with data connections that resume the TLS session of the control connection, as many servers demand
 * (so that nobody else can take the data connection over), and that check the host as that does.
 */
final class TlsClient extends FTPSClient {

    private final SSLContext context;
    private final String host;
    private boolean secureData;
    private Optional<SSLSocket> upload = Optional.empty();

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

    /**
     * Tells the server that no more data will come, and takes what it still says: with TLS 1.3 a session is good for one
     * more connection only, and the server hands the next one over on the data connection.
     */
    void endUpload() throws IOException {
        if (upload.isPresent()) {
            SSLSocket socket = upload.get();
            upload = Optional.empty();
            socket.shutdownOutput();
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }

    @Override
    protected Socket _openDataConnection_(String command, String arg) throws IOException {
        Socket plain = super._openDataConnection_(command, arg);
        if (plain == null || !secureData) {
            return plain;
        }
        if (plain instanceof DataSocket data) {
            data.passForPort(getRemotePort());
        }
        SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(plain, host, getRemotePort(), true);
        try {
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            upload = Optional.of(secure);
            return secure;
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }
}
