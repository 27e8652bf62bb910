package io.jenkins.plugins.provenbackup.engine.storage.http;

import io.jenkins.plugins.provenbackup.engine.storage.StorageCredentials;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.TestProcess;
import io.jenkins.plugins.provenbackup.engine.storage.sftp.OpenSshServer;
import io.jenkins.plugins.provenbackup.engine.storage.tls.TestCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Apache httpd on free loopback ports, as root or as an ordinary user. Below each of its areas lies the whole file
 * system of this machine, so {@code /dav/tmp/x} is the folder {@code /tmp/x} by WebDAV.
 */
public final class ApacheServer implements AutoCloseable {

    /** A part of the server with rules of its own. */
    public enum Area {
        /** WebDAV with Basic log-in. */
        DAV,
        /** WebDAV with Digest log-in. */
        DIGEST,
        /** WebDAV where nothing can be deleted. */
        KEEP,
        /** WebDAV for reading only. */
        LOOK,
        /** Files and HTML index pages, no WebDAV. */
        FILES,
        /** Files without index pages. */
        BARE;

        String path() {
            return "/" + name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public static final String USER = "backup";
    public static final String PASSWORD = "s3crät: \"pass\"";
    private static final String REALM = "backups";
    private static final Path PROGRAM = Path.of("/usr/sbin/apache2");
    private static final Path MODULES = Path.of("/usr/lib/apache2/modules");

    private final TestProcess process;
    private final int port;
    private final int tlsPort;
    private final TestCertificate certificate;

    private ApacheServer(TestProcess process, int port, int tlsPort, TestCertificate certificate) {
        this.process = process;
        this.port = port;
        this.tlsPort = tlsPort;
        this.certificate = certificate;
    }

    /** Starts it with its files in a directory; skips the test where it is not installed. */
    public static ApacheServer start(Path directory) throws Exception {
        return start(directory, TestCertificate.ofLoopback(directory.resolve("tls")));
    }

    public static ApacheServer start(Path directory, TestCertificate certificate) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "no /usr/sbin/apache2: install apache2");
        Path files = Files.createDirectories(directory.resolve("httpd"));
        openUp(files);
        for (int attempt = 1; ; attempt++) {
            int port = OpenSshServer.freePort();
            int tlsPort = OpenSshServer.freePort();
            writeLogins(files);
            Path config = Files.writeString(files.resolve("httpd.conf"), config(files, certificate, port, tlsPort));
            Path log = files.resolve("start.log");
            TestProcess process = TestProcess.start(log, PROGRAM.toString(), "-f", config.toString(), "-DFOREGROUND");
            if (process.listensAt(port) && process.listensAt(tlsPort)) {
                return new ApacheServer(process, port, tlsPort, certificate);
            }
            process.close();
            if (attempt == 3) {
                throw new IOException("httpd did not start:\n" + Files.readString(log) + errors(files));
            }
        }
    }

    /** As root the server runs as another user, who needs a way to the files. */
    public static void openUp(Path directory) throws IOException {
        if (!isRoot()) {
            return;
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        for (Path parent = directory.getParent(); parent.getParent() != null; parent = parent.getParent()) {
            if (Files.getOwner(parent).getName().equals("root") && !parent.equals(Path.of("/tmp"))) {
                Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    public int port() {
        return port;
    }

    public int tlsPort() {
        return tlsPort;
    }

    public TestProcess process() {
        return process;
    }

    public TestCertificate certificate() {
        return certificate;
    }

    /** A directory of this machine through one of the areas; the scheme tells the port. */
    public StorageLocation location(String scheme, Area area, Path directory) throws StorageException {
        return location(scheme, area, directory, scheme.endsWith("s") ? tlsPort : port);
    }

    /** The same, through a proxy on another port. */
    public StorageLocation location(String scheme, Area area, Path directory, int otherPort) throws StorageException {
        return StorageLocation.parse(scheme + "://" + USER + "@127.0.0.1:" + otherPort + area.path() + directory);
    }

    /** The right password, and trust in the server's certificate. */
    public StorageOptions options() {
        return StorageOptions.defaults()
                .withCredentials(StorageCredentials.none().withPassword(PASSWORD.toCharArray()))
                .withTrustedCertificates(certificate.certificate());
    }

    @Override
    public void close() throws Exception {
        process.close();
    }

    private static String config(Path files, TestCertificate certificate, int port, int tlsPort) {
        StringBuilder config = new StringBuilder();
        for (String module : new String[] {
            "mpm_event",
            "authn_core",
            "authn_file",
            "authz_core",
            "authz_user",
            "auth_basic",
            "auth_digest",
            "alias",
            "dir",
            "dav",
            "dav_fs",
            "socache_shmcb",
            "ssl",
            "autoindex",
            "mime"
        }) {
            config.append("LoadModule ").append(module).append("_module ").append(MODULES);
            config.append("/mod_").append(module).append(".so\n");
        }
        config.append(String.join(
                "\n",
                isRoot() ? "User nobody\nGroup nogroup" : "",
                "ServerRoot " + files,
                "ServerName localhost",
                "PidFile " + files.resolve("httpd.pid"),
                "Mutex file:" + files,
                "ErrorLog " + files.resolve("error.log"),
                "DocumentRoot " + files,
                "Listen 127.0.0.1:" + port,
                "Listen 127.0.0.1:" + tlsPort,
                "StartServers 1",
                "ServerLimit 1",
                "ThreadsPerChild 40",
                "MaxRequestWorkers 40",
                "TypesConfig /dev/null",
                "DavLockDB " + files.resolve("locks"),
                "<VirtualHost 127.0.0.1:" + tlsPort + ">",
                "SSLEngine on",
                "SSLCertificateFile " + certificate.certificate(),
                "SSLCertificateKeyFile " + certificate.key(),
                "</VirtualHost>",
                ""));
        for (Area area : Area.values()) {
            config.append("Alias ").append(area.path()).append(" /\n");
            config.append("<Location ").append(area.path()).append(">\n");
            config.append(rules(area, files));
            config.append("AuthName ").append(REALM).append("\n</Location>\n");
        }
        return config.toString();
    }

    private static String rules(Area area, Path files) {
        String passwords = "AuthType Basic\nAuthUserFile " + files.resolve("users") + "\n";
        String basic = passwords + "Require valid-user\n";
        return switch (area) {
            case DAV -> "Dav On\n" + basic;
            case DIGEST ->
                "Dav On\nAuthType Digest\nAuthDigestNonceLifetime 2\nAuthUserFile " + files.resolve("digests")
                        + "\nRequire valid-user\n";
            case KEEP ->
                "Dav On\n" + passwords + "<LimitExcept DELETE>\nRequire valid-user\n</LimitExcept>\n"
                        + "<Limit DELETE>\nRequire all denied\n</Limit>\n";
            case LOOK ->
                "Dav On\n" + passwords + "<Limit GET PROPFIND>\nRequire valid-user\n</Limit>\n"
                        + "<LimitExcept GET PROPFIND>\nRequire all denied\n</LimitExcept>\n";
            case FILES -> "Options +Indexes\nIndexOptions FancyIndexing NameWidth=*\n" + basic;
            case BARE -> basic;
        };
    }

    private static void writeLogins(Path files) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-1").digest(PASSWORD.getBytes(StandardCharsets.UTF_8));
        Files.writeString(
                files.resolve("users"), USER + ":{SHA}" + Base64.getEncoder().encodeToString(hash) + "\n");
        byte[] digest = MessageDigest.getInstance("MD5")
                .digest((USER + ":" + REALM + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        Files.writeString(
                files.resolve("digests"),
                USER + ":" + REALM + ":" + HexFormat.of().formatHex(digest) + "\n");
    }

    private static String errors(Path files) throws IOException {
        Path log = files.resolve("error.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }
}
