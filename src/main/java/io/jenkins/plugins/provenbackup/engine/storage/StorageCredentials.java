package io.jenkins.plugins.provenbackup.engine.storage;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * How to log in: a user, a password, a private key, all or none of these. Immutable but for {@link #close}, which wipes the secrets;
 * a storage that was opened with these credentials cannot reconnect afterwards. Never shows a secret.
 */
public final class StorageCredentials implements AutoCloseable {

    private final String user;
    private final char[] password;
    private final GivenFile privateKey;
    private final char[] passphrase;

    private StorageCredentials(String user, char[] password, GivenFile privateKey, char[] passphrase) {
        this.user = user;
        this.password = password;
        this.privateKey = privateKey;
        this.passphrase = passphrase;
    }

    /** No secret at all. */
    public static StorageCredentials none() {
        return new StorageCredentials(null, null, null, null);
    }

    /** These and a user, for locations that name none. */
    public StorageCredentials withUser(String newUser) {
        return new StorageCredentials(newUser, copy(password), copy(privateKey), copy(passphrase));
    }

    /** These and a password; the array is copied. */
    public StorageCredentials withPassword(char[] newPassword) {
        return new StorageCredentials(user, newPassword.clone(), copy(privateKey), copy(passphrase));
    }

    /** These and a private key that is not encrypted. */
    public StorageCredentials withPrivateKey(Path file) {
        return new StorageCredentials(user, copy(password), GivenFile.of(file), null);
    }

    /** These and a private key under a passphrase; the array is copied. */
    public StorageCredentials withPrivateKey(Path file, char[] newPassphrase) {
        return new StorageCredentials(user, copy(password), GivenFile.of(file), newPassphrase.clone());
    }

    /** These and a private key that is in no file; both are copied. An empty passphrase is none. */
    public StorageCredentials withPrivateKey(GivenFile key, char[] newPassphrase) {
        return new StorageCredentials(
                user, copy(password), key.copy(), newPassphrase.length == 0 ? null : newPassphrase.clone());
    }

    /** Whom to log in as. */
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    /** A copy of the password, for the caller to wipe. */
    public Optional<char[]> password() {
        return Optional.ofNullable(copy(password));
    }

    /** The private key, which still belongs to these credentials. */
    public Optional<GivenFile> privateKey() {
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
        if (privateKey != null) {
            privateKey.close();
        }
    }

    @Override
    public String toString() {
        return "StorageCredentials[password=" + (password == null ? "none" : "set") + ", privateKey="
                + (privateKey == null ? "none" : privateKey) + "]";
    }

    private static char[] copy(char[] secret) {
        return secret == null ? null : secret.clone();
    }

    private static GivenFile copy(GivenFile key) {
        return key == null ? null : key.copy();
    }

    private static void wipe(char[] secret) {
        if (secret != null) {
            Arrays.fill(secret, '\0');
        }
    }
}
