package io.jenkins.plugins.provenbackup.engine.storage.sftp;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import com.jcraft.jsch.Session;
import io.jenkins.plugins.provenbackup.engine.storage.GivenFile;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Makes an authenticated connection to a server whose key is known. */
final class SftpLogin {

    private static final int DEFAULT_PORT = 22;
    private static final int ALIVE_COUNT = 3;
    private static final int LARGEST_FILE = 16 << 20;

    private final StorageLocation location;
    private final StorageOptions options;
    private final SftpLoginErrors errors;
    private final GivenFile knownHosts;

    SftpLogin(StorageLocation location, StorageOptions options) {
        this.location = location;
        this.options = options;
        knownHosts = options.knownHosts()
                .orElseGet(() -> GivenFile.of(Path.of(System.getProperty("user.home"), ".ssh", "known_hosts")));
        errors = new SftpLoginErrors(location, port(), knownHosts);
    }

    Session connect() throws StorageException {
        JSch jsch = new JSch();
        jsch.setInstanceLogger(new SilentLogger());
        try {
            setKnownHosts(jsch);
            addKey(jsch);
            Session session = jsch.getSession(user(), location.host(), port());
            configure(session);
            session.connect(Math.toIntExact(options.connectTimeout().toMillis()));
            return session;
        } catch (JSchException e) {
            throw errors.explain(e);
        }
    }

    private void setKnownHosts(JSch jsch) throws JSchException, StorageException {
        if (!knownHosts.isReadable()) {
            return;
        }
        try {
            jsch.setKnownHosts(new ByteArrayInputStream(knownHosts.read(LARGEST_FILE)));
        } catch (IOException e) {
            throw new StorageException.AccessDenied(
                    "Cannot read " + knownHosts + ". Check the path and its permissions.", e);
        }
    }

    private void configure(Session session) throws JSchException {
        session.setDaemonThread(true);
        session.setConfig("StrictHostKeyChecking", "yes");
        session.setConfig("PreferredAuthentications", "publickey,password,keyboard-interactive");
        session.setConfig("MaxAuthTries", "6");
        // A server that is gone without a word is noticed before the operation's own timeout.
        long interval = Math.max(1000, options.operationTimeout().toMillis() / (ALIVE_COUNT + 1));
        session.setServerAliveInterval((int) Math.min(interval, 30_000));
        session.setServerAliveCountMax(ALIVE_COUNT);
        Optional<char[]> password = options.credentials().password();
        if (password.isPresent()) {
            byte[] bytes = utf8(password.get());
            session.setPassword(bytes);
            session.setUserInfo(new PasswordPrompt(options.credentials()));
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private void addKey(JSch jsch) throws StorageException, JSchException {
        Optional<GivenFile> file = options.credentials().privateKey();
        if (file.isEmpty()) {
            return;
        }
        byte[] key;
        try {
            key = file.get().read(LARGEST_FILE);
        } catch (IOException e) {
            throw new StorageException.AccessDenied(
                    "Cannot read the private key " + file.get() + ". Check the path and its permissions.", e);
        }
        byte[] passphrase =
                options.credentials().passphrase().map(SftpLogin::utf8).orElse(null);
        try {
            requireOpenable(jsch, file.get(), key, passphrase);
            jsch.addIdentity(file.get().toString(), key, null, passphrase);
        } finally {
            Arrays.fill(key, (byte) 0);
            if (passphrase != null) {
                Arrays.fill(passphrase, (byte) 0);
            }
        }
    }

    private static void requireOpenable(JSch jsch, GivenFile file, byte[] key, byte[] passphrase)
            throws StorageException {
        KeyPair pair;
        try {
            pair = KeyPair.load(jsch, key.clone(), null);
        } catch (JSchException e) {
            throw new StorageException.AccessDenied(
                    file + " is not a private key that can be read. Give a key in OpenSSH or PEM format.", e);
        }
        try {
            if (pair.isEncrypted() && (passphrase == null || !pair.decrypt(passphrase.clone()))) {
                throw new StorageException.AccessDenied(
                        "The private key " + file + " is encrypted and the passphrase is "
                                + (passphrase == null ? "missing" : "wrong") + ".",
                        null);
            }
        } finally {
            pair.dispose();
        }
    }

    private String user() {
        return options.userAt(location).orElseGet(() -> System.getProperty("user.name"));
    }

    private int port() {
        return location.port().orElse(DEFAULT_PORT);
    }

    /** Encodes, and wipes the argument. */
    private static byte[] utf8(char[] secret) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(secret));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        encoded.clear();
        encoded.put(new byte[encoded.capacity()]);
        Arrays.fill(secret, '\0');
        return bytes;
    }
}
