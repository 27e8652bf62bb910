package io.jenkins.plugins.provenbackup.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options that every command has, before or after its name. */
final class GlobalOptions {

    static final String REPOSITORY = "PROVEN_BACKUP_REPOSITORY";
    static final String DEBUG = "PROVEN_BACKUP_DEBUG";

    private final Set<String> repositories = new LinkedHashSet<>();

    @Option(
            names = {"-p", "--password-file"},
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The passphrase is this file's first line. Otherwise $PROVEN_BACKUP_PASSWORD, or a prompt.")
    private Path passwordFile;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "A key instead of a passphrase. Default: $PROVEN_BACKUP_KEY_FILE.")
    private Path keyFile;

    @Option(
            names = "--paper",
            scope = ScopeType.INHERIT,
            description = "A key that you type from paper, line by line, instead of a passphrase.")
    private boolean paper;

    @Option(
            names = "--fingerprint",
            paramLabel = "HEX",
            scope = ScopeType.INHERIT,
            description =
                    "What the owner told you of the repository; asked for when a personal key opens it for the first"
                            + " time. Default: $PROVEN_BACKUP_FINGERPRINT.")
    private String fingerprint;

    @Option(
            names = "--sftp-key",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Private key to log in with. Default: $PROVEN_BACKUP_SFTP_KEY.")
    private Path sftpKey;

    @Option(
            names = {"--storage-password-file", "--sftp-password-file"},
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Password to log in with at a destination, or of the private key. Default:"
                    + " $PROVEN_BACKUP_STORAGE_PASSWORD.")
    private Path storagePasswordFile;

    @Option(
            names = "--credentials",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Users, passwords and keys for several destinations. Default: $PROVEN_BACKUP_CREDENTIALS.")
    private Path credentials;

    @Option(
            names = "--tls-ca",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Certificates (PEM) to trust beside those that Java trusts. Default: $PROVEN_BACKUP_TLS_CA.")
    private Path tlsCa;

    @Option(
            names = "--known-hosts",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "What SFTP host keys are checked against. Default: ~/.ssh/known_hosts.")
    private Path knownHosts;

    @Option(
            names = "--connect-timeout",
            paramLabel = "SECONDS",
            scope = ScopeType.INHERIT,
            description = "How long a connection may take. Default: 20.")
    private Integer connectTimeout;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "One JSON document on standard output; messages on standard error.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "No progress.")
    private boolean quiet;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show where an error comes from.")
    private boolean debug;

    /** Called for what stands before the command and what stands behind it; both count. */
    @Option(
            names = {"-r", "--repository"},
            paramLabel = "REPO",
            scope = ScopeType.INHERIT,
            description =
                    "A destination: a path or a URI (sftp://user@host/path, or ftp, ftps, webdav, webdavs, ...). May be given several times."
                            + " Default: $PROVEN_BACKUP_REPOSITORY, one a line.")
    @SuppressWarnings("UnusedMethod") // picocli calls it
    private void addRepositories(List<String> some) {
        if (some != null) {
            repositories.addAll(some);
        }
    }

    /** Whether there was a -r; the environment does not count. */
    boolean isRepositoryGiven() {
        return !repositories.isEmpty();
    }

    /** For commands that name their repositories otherwise. */
    void requireNoRepositories(String instead) {
        if (!repositories.isEmpty()) {
            throw new UsageException("-r has no meaning here: use " + instead + ".");
        }
    }

    List<String> repositories(Surroundings surroundings) {
        if (!repositories.isEmpty()) {
            return List.copyOf(repositories);
        }
        List<String> given = surroundings.variable(REPOSITORY).stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (given.isEmpty()) {
            throw new UsageException("No repository given: use -r, or set " + REPOSITORY + ".");
        }
        return given;
    }

    Optional<Path> passwordFile() {
        return Optional.ofNullable(passwordFile);
    }

    Optional<Path> keyFile() {
        return Optional.ofNullable(keyFile);
    }

    boolean isPaper() {
        return paper;
    }

    Optional<String> fingerprint() {
        return Optional.ofNullable(fingerprint);
    }

    Optional<Path> sftpKey() {
        return Optional.ofNullable(sftpKey);
    }

    Optional<Path> storagePasswordFile() {
        return Optional.ofNullable(storagePasswordFile);
    }

    Optional<Path> credentials() {
        return Optional.ofNullable(credentials);
    }

    Optional<Path> tlsCa() {
        return Optional.ofNullable(tlsCa);
    }

    Optional<Path> knownHosts() {
        return Optional.ofNullable(knownHosts);
    }

    Optional<Duration> connectTimeout() {
        if (connectTimeout != null && connectTimeout < 1) {
            throw new UsageException("--connect-timeout is at least 1 second.");
        }
        return Optional.ofNullable(connectTimeout).map(Duration::ofSeconds);
    }

    boolean isJson() {
        return json;
    }

    boolean isQuiet() {
        return quiet;
    }

    boolean isDebug(Surroundings surroundings) {
        return debug
                || surroundings
                        .variable(DEBUG)
                        .filter(value -> !value.equals("0"))
                        .isPresent();
    }
}
