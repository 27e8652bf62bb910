package io.jenkins.plugins.provenbackup.engine.storage.ftp;

import io.jenkins.plugins.provenbackup.engine.storage.StorageCredentials;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.tls.TestCertificate;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.DefaultFtplet;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.FtpSession;
import org.apache.ftpserver.ftplet.Ftplet;
import org.apache.ftpserver.ftplet.FtpletResult;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.apache.ftpserver.ssl.SslConfigurationFactory;
import org.apache.ftpserver.usermanager.PropertiesUserManagerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.ConcurrentLoginPermission;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/** Apache FtpServer on free loopback ports: plain with explicit TLS, and implicit TLS. Its root is this machine's. */
public final class ApacheFtpServer implements AutoCloseable {

    public static final String USER = "backup";
    public static final String PASSWORD = "s3crät: pass";
    /** May do everything but delete. */
    public static final String KEEPER = "keeper";

    private final FtpServer server;
    private final int port;
    private final int tlsPort;
    private final TestCertificate certificate;

    private ApacheFtpServer(FtpServer server, int port, int tlsPort, TestCertificate certificate) {
        this.server = server;
        this.port = port;
        this.tlsPort = tlsPort;
        this.certificate = certificate;
    }

    /** Starts it with its files in a directory. */
    public static ApacheFtpServer start(Path directory) throws Exception {
        return start(directory, TestCertificate.ofLoopback(directory.resolve("tls")));
    }

    static ApacheFtpServer start(Path directory, TestCertificate certificate) throws Exception {
        FtpServerFactory factory = new FtpServerFactory();
        SslConfigurationFactory ssl = new SslConfigurationFactory();
        ssl.setKeystoreFile(certificate.keyStore().toFile());
        ssl.setKeystorePassword(TestCertificate.PASSWORD);
        ssl.setKeystoreType("PKCS12");
        SslConfiguration tls = ssl.createSslConfiguration();
        factory.addListener("default", listener(tls).createListener());
        ListenerFactory implicit = listener(tls);
        implicit.setImplicitSsl(true);
        factory.addListener("implicit", implicit.createListener());
        ConnectionConfigFactory connections = new ConnectionConfigFactory();
        connections.setMaxLogins(200);
        connections.setMaxThreads(50);
        connections.setLoginFailureDelay(10);
        factory.setConnectionConfig(connections.createConnectionConfig());
        factory.setUserManager(new PropertiesUserManagerFactory().createUserManager());
        for (String name : List.of(USER, KEEPER)) {
            BaseUser user = new BaseUser();
            user.setName(name);
            user.setPassword(PASSWORD);
            user.setHomeDirectory("/");
            user.setAuthorities(List.of(new WritePermission(), new ConcurrentLoginPermission(100, 100)));
            factory.getUserManager().save(user);
        }
        Map<String, Ftplet> rules = new ConcurrentHashMap<>();
        rules.put("keep", new KeepingFtplet());
        factory.setFtplets(rules);
        FtpServer server = factory.createServer();
        server.start();
        return new ApacheFtpServer(
                server,
                factory.getListener("default").getPort(),
                factory.getListener("implicit").getPort(),
                certificate);
    }

    public int port() {
        return port;
    }

    /** Where a scheme is spoken. */
    public int port(String scheme) {
        return scheme.equals("ftpsi") ? tlsPort : port;
    }

    public TestCertificate certificate() {
        return certificate;
    }

    /** A directory of this machine; the scheme tells the port. */
    public StorageLocation location(String scheme, Path directory) throws StorageException {
        return location(scheme, USER, directory, port(scheme));
    }

    public StorageLocation location(String scheme, String user, Path directory, int otherPort) throws StorageException {
        return StorageLocation.parse(scheme + "://" + user + "@127.0.0.1:" + otherPort + directory);
    }

    /** The right password, and trust in the server's certificate. */
    public StorageOptions options() {
        return StorageOptions.defaults()
                .withCredentials(StorageCredentials.none().withPassword(PASSWORD.toCharArray()))
                .withTrustedCertificates(certificate.certificate());
    }

    @Override
    public void close() {
        server.stop();
    }

    private static ListenerFactory listener(SslConfiguration tls) {
        ListenerFactory listener = new ListenerFactory();
        listener.setServerAddress("127.0.0.1");
        listener.setPort(0);
        listener.setSslConfiguration(tls);
        return listener;
    }

    private static final class KeepingFtplet extends DefaultFtplet {

        @Override
        public FtpletResult onDeleteStart(FtpSession session, FtpRequest request)
                throws org.apache.ftpserver.ftplet.FtpException, java.io.IOException {
            if (session.getUser().getName().equals(KEEPER)) {
                session.write(new DefaultFtpReply(FtpReply.REPLY_550_REQUESTED_ACTION_NOT_TAKEN, "Permission denied."));
                return FtpletResult.SKIP;
            }
            return FtpletResult.DEFAULT;
        }
    }
}
