package io.jenkins.plugins.provenbackup.engine.storage.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A self-made certificate and its key, by keytool.
 *
 * @param certificate PEM, and its own authority
 * @param key PEM, not encrypted
 * @param keyStore PKCS #12 with both
 */
public record TestCertificate(Path certificate, Path key, Path keyStore) {

    /** The password of the key store. */
    public static final String PASSWORD = "changeit";

    /** For this machine's loopback address. */
    public static TestCertificate ofLoopback(Path directory) throws Exception {
        return of(directory, "ip:127.0.0.1,dns:localhost", 10);
    }

    /** For another host. */
    public static TestCertificate ofAnotherHost(Path directory) throws Exception {
        return of(directory, "dns:other.example", 10);
    }

    private static TestCertificate of(Path directory, String names, int days) throws Exception {
        Files.createDirectories(directory);
        Path store = directory.resolve("key.p12");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=test server",
                        "-ext",
                        "san=" + names,
                        "-validity",
                        Integer.toString(days),
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + Files.readString(directory.resolve("keytool.log")));
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return new TestCertificate(
                pem(
                        directory.resolve("cert.pem"),
                        "CERTIFICATE",
                        keys.getCertificate("server").getEncoded()),
                pem(
                        directory.resolve("key.pem"),
                        "PRIVATE KEY",
                        keys.getKey("server", PASSWORD.toCharArray()).getEncoded()),
                store);
    }

    private static Path pem(Path file, String type, byte[] content) throws IOException {
        return Files.writeString(
                file,
                "-----BEGIN " + type + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                        + "\n-----END " + type + "-----\n");
    }
}
