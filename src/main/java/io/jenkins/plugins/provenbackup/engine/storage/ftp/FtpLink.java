package io.jenkins.plugins.provenbackup.engine.storage.ftp;

import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.tls.TlsTrust;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPClientConfig;
import org.apache.commons.net.ftp.FTPReply;

/** A control connection that is logged in. Used by one thread at a time, but for {@link #abort}. */
final class FtpLink implements AutoCloseable {

    private static final String ANONYMOUS = "anonymous";

    private final FTPClient client;
    private final OpenSockets sockets;
    private volatile boolean broken;

    private FtpLink(FTPClient client, OpenSockets sockets) {
        this.client = client;
        this.sockets = sockets;
    }

    static FtpLink open(StorageLocation location, StorageOptions options) throws IOException {
        FtpSecurity security = FtpSecurity.of(location.scheme());
        OpenSockets sockets = new OpenSockets();
        FTPClient client = security == FtpSecurity.PLAIN
                ? new FTPClient()
                : new TlsClient(security, TlsTrust.of(options), location.host());
        FtpLink link = new FtpLink(client, sockets);
        try {
            link.connect(location, options, security);
            link.logIn(location, options);
            link.prepare(options);
            return link;
        } catch (IOException | RuntimeException e) {
            link.abort();
            throw e;
        }
    }

    FTPClient client() {
        return client;
    }

    /** The error for the reply that came last. */
    FtpReplyException refused(String command) {
        return new FtpReplyException(command, client.getReplyCode(), client.getReplyString());
    }

    /** Fails when the reply that came last says no. */
    void requireDone(String command) throws FtpReplyException {
        if (!FTPReply.isPositiveCompletion(client.getReplyCode())) {
            throw refused(command);
        }
    }

    /** To be called when all bytes were written, before the stream is closed. */
    void endUpload() throws IOException {
        if (client instanceof TlsClient tls) {
            tls.endUpload();
        }
    }

    boolean has(String feature) throws IOException {
        return client.hasFeature(feature);
    }

    boolean isUsable() {
        return !broken && client.isConnected();
    }

    void abort() {
        broken = true;
        sockets.abort();
    }

    @Override
    public void close() {
        try {
            if (isUsable()) {
                client.setSoTimeout(1000);
                client.quit();
            }
        } catch (IOException gone) {
            broken = true;
        } finally {
            abort();
        }
    }

    private void connect(StorageLocation location, StorageOptions options, FtpSecurity security) throws IOException {
        client.setSocketFactory(sockets);
        client.setConnectTimeout(millis(options.connectTimeout()));
        client.setDefaultTimeout(millis(options.connectTimeout()));
        client.setDataTimeout(options.operationTimeout());
        client.setControlEncoding(StandardCharsets.UTF_8);
        // The server's clock; vsftpd and most others list in it.
        FTPClientConfig listing = new FTPClientConfig();
        listing.setServerTimeZoneId("UTC");
        client.configure(listing);
        client.connect(location.host(), location.port().orElse(security.port()));
        requireDone("the connection");
        client.setKeepAlive(true);
        client.setTcpNoDelay(true);
    }

    private void logIn(StorageLocation location, StorageOptions options) throws IOException {
        String user = options.userAt(location).orElse(ANONYMOUS);
        Optional<char[]> password = options.credentials().password();
        boolean in = client.login(user, password.map(String::new).orElse(ANONYMOUS + "@"));
        password.ifPresent(secret -> Arrays.fill(secret, '\0'));
        if (!in) {
            String reply = client.getReplyString();
            boolean wantsTls = client.getReplyCode() == FTPReply.NEED_PASSWORD
                    || reply.toUpperCase(Locale.ROOT).contains("SSL")
                    || reply.toUpperCase(Locale.ROOT).contains("TLS");
            throw new StorageException.AccessDenied(
                    "Cannot log in to " + location + ": the server answered \"" + reply.strip()
                            + "\". Check the user name" + " and the password"
                            + (wantsTls ? ", or write ftps:// for TLS." : "."),
                    refused("USER"));
        }
    }

    private void prepare(StorageOptions options) throws IOException {
        if (client instanceof TlsClient tls) {
            tls.secureData(sockets);
        }
        client.enterLocalPassiveMode();
        client.setSoTimeout(millis(options.operationTimeout()));
        if (!client.setFileType(FTP.BINARY_FILE_TYPE)) {
            throw refused("TYPE");
        }
        if (has("UTF8")) {
            client.sendCommand("OPTS", "UTF8 ON");
        }
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(Math.min(duration.toMillis(), Integer.MAX_VALUE));
    }
}
