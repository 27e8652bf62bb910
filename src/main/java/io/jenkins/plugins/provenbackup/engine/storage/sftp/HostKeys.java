package io.jenkins.plugins.provenbackup.engine.storage.sftp;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.UserInfo;
import io.jenkins.plugins.provenbackup.engine.storage.GivenFile;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** Asks an SFTP server for its host key, so that a person can compare it. Logs in nowhere and trusts nobody. */
public final class HostKeys {

    private static final int DEFAULT_PORT = 22;

    private HostKeys() {}

    /**
     * What a server showed.
     *
     * @param line for a file of known hosts
     * @param fingerprint as {@code ssh-keygen -l} prints it, {@code SHA256:...}
     * @param known whether the file of known hosts has it
     */
    public record Shown(String line, String fingerprint, Known known) {}

    /** What a file of known hosts says of a key. */
    public enum Known {
        YES,
        NO,
        /** It has another key for this host: somebody may be in between. */
        DIFFERENT
    }

    /**
     * Asks.
     *
     * @param timeout of the connection
     * @param knownHosts that the key is looked up in; need not be there
     * @throws StorageException when the server does not answer
     */
    public static Shown ask(StorageLocation location, Duration timeout, Path knownHosts) throws StorageException {
        int port = location.port().orElse(DEFAULT_PORT);
        JSch jsch = new JSch();
        jsch.setInstanceLogger(new SilentLogger());
        Listener listener = new Listener();
        jsch.setHostKeyRepository(listener);
        try {
            Session session = jsch.getSession("nobody", location.host(), port);
            session.setDaemonThread(true);
            session.setConfig("StrictHostKeyChecking", "yes");
            session.connect(Math.toIntExact(timeout.toMillis()));
            session.disconnect();
        } catch (JSchException e) {
            // The way it ends when the server has shown its key.
            if (listener.key.isEmpty()) {
                throw new SftpLoginErrors(location, port, GivenFile.of("the known hosts", new byte[0])).explain(e);
            }
        }
        return shown(location, port, listener.key.orElseThrow(), knownHosts);
    }

    private static Shown shown(StorageLocation location, int port, byte[] key, Path knownHosts)
            throws StorageException {
        String name = port == DEFAULT_PORT ? location.host() : "[" + location.host() + "]:" + port;
        try {
            HostKey host = new HostKey(name, key);
            String hash = Base64.getEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
            return new Shown(
                    name + " " + host.getType() + " " + host.getKey(), "SHA256:" + hash, known(name, key, knownHosts));
        } catch (JSchException | NoSuchAlgorithmException e) {
            throw new StorageException("The host key of " + name + " is of an unknown kind.", e);
        }
    }

    private static Known known(String name, byte[] key, Path knownHosts) throws JSchException {
        if (!Files.isReadable(knownHosts)) {
            return Known.NO;
        }
        JSch jsch = new JSch();
        jsch.setKnownHosts(knownHosts.toString());
        return switch (jsch.getHostKeyRepository().check(name, key)) {
            case HostKeyRepository.OK -> Known.YES;
            case HostKeyRepository.CHANGED -> Known.DIFFERENT;
            default -> Known.NO;
        };
    }

    /** Knows nobody, and remembers what it was asked about. */
    private static final class Listener implements HostKeyRepository {

        private volatile Optional<byte[]> key = Optional.empty();

        @Override
        public int check(String host, byte[] shown) {
            key = Optional.of(shown.clone());
            return NOT_INCLUDED;
        }

        @Override
        public void add(HostKey hostkey, UserInfo ui) {
            // Nothing is trusted here.
        }

        @Override
        public void remove(String host, String type) {
            // Nothing is kept here.
        }

        @Override
        public void remove(String host, String type, byte[] removed) {
            // Nothing is kept here.
        }

        @Override
        public String getKnownHostsRepositoryID() {
            return "nobody";
        }

        @Override
        public HostKey[] getHostKey() {
            return new HostKey[0];
        }

        @Override
        public HostKey[] getHostKey(String host, String type) {
            return new HostKey[0];
        }
    }
}
