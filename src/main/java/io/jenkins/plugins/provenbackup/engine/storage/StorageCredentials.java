package io.jenkins.plugins.provenbackup.engine.storage;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * How to log in: a password, a private key, both or neither. Immutable but for {@link #close}, which wipes the secrets;
 * a storage that was opened with these credentials cannot reconnect afterwards. Never shows a secret.
 */
public final class StorageCredentials implements AutoCloseable {

    private final char[] password;
    private final Path privateKey;
    private final char[] passphrase;

    private StorageCredentials(char[] password, Path privateKey, char[] passphrase) {
        this.password = password;
        this.privateKey = privateKey;
        this.passphrase = passphrase;
    }

    /** No secret at all. */
    public static StorageCredentials none() {
        return new StorageCredentials(null, null, null);
    }

    /** These and a password; the array is copied. */
    public StorageCredentials withPassword(char[] newPassword) {
        return new StorageCredentials(newPassword.clone(), privateKey, copy(passphrase));
    }

    /** These and a private key that is not encrypted. */
    public StorageCredentials withPrivateKey(Path file) {
        return new StorageCredentials(copy(password), file, null);
    }

    /** These and a private key under a passphrase; the array is copied. */
    public StorageCredentials withPrivateKey(Path file, char[] newPassphrase) {
        return new StorageCredentials(copy(password), file, newPassphrase.clone());
    }

    /** A copy of the password, for the caller to wipe. */
    public Optional<char[]> password() {
        return Optional.ofNullable(copy(password));
    }

    /** The file of the private key. */
    public Optional<Path> privateKey() {
        return Optional.ofNullable(privateKey);
    }

    /** A copy of the private key's passphrase, for the caller to wipe. */
    public Optional<char[]> passphrase() {
        return Optional.ofNullable(copy(passphrase));
    }

    @Override
    public void close() {
        wipe(password);
        wipe(passphrase);
    }

    @Override
    public String toString() {
        return "StorageCredentials[password=" + (password == null ? "none" : "set") + ", privateKey="
                + (privateKey == null ? "none" : privateKey) + "]";
    }

    private static char[] copy(char[] secret) {
        return secret == null ? null : secret.clone();
    }

    private static void wipe(char[] secret) {
        if (secret != null) {
            Arrays.fill(secret, '\0');
        }
    }
}
