package io.jenkins.plugins.provenbackup.engine.storage.s3;

import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an S3 location says: {@code s3://bucket/prefix?endpoint=URL&region=NAME&pathStyle=true&objectLock=MODE&retain=30d}.
 *
 * @param bucket the bucket
 * @param prefix what all keys begin with: empty, or ending with a slash
 * @param endpoint another server than AWS
 * @param region the bucket's region
 * @param addressing where requests name the bucket
 * @param lockMode how locked objects are kept; empty when nothing is to be locked
 * @param retain how long; empty when nothing is to be locked
 */
record S3Settings(
        String bucket,
        String prefix,
        Optional<URI> endpoint,
        Optional<String> region,
        Addressing addressing,
        Optional<LockMode> lockMode,
        Optional<Duration> retain) {

    /** Where the name of the bucket stands in a request. */
    enum Addressing {
        /** In the path: what most servers other than AWS want. */
        PATH,
        /** In front of the server's name. */
        HOST
    }

    /** Who may still delete what is locked. */
    enum LockMode {
        /** Those with the right to bypass it. */
        GOVERNANCE,
        /** Nobody, not even the owner of the account. */
        COMPLIANCE
    }

    private static final Set<String> KNOWN = Set.of("endpoint", "region", "pathStyle", "objectLock", "retain");
    private static final Pattern PERIOD = Pattern.compile("([1-9][0-9]{0,4})([hdwy])");

    /**
     * Reads a location.
     *
     * @throws StorageException when something in it cannot be understood; the message repeats no unknown value
     */
    static S3Settings of(StorageLocation location) throws StorageException {
        Map<String, String> given = location.parameters();
        for (String name : given.keySet()) {
            if (!KNOWN.contains(name)) {
                throw new StorageException(
                        "An s3 URI knows no parameter \"" + name + "\", only endpoint, region, pathStyle,"
                                + " objectLock and retain. Keys and secrets never belong there: give them by the environment"
                                + " (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) or a file.");
            }
        }
        if (location.port().isPresent()) {
            throw new StorageException("An s3 URI begins with the bucket, which has no port: write s3://"
                    + location.host() + "/prefix?endpoint=https://server:"
                    + location.port().getAsInt());
        }
        String prefix = location.path().replaceAll("^/+|/+$", "");
        Optional<URI> endpoint = endpoint(given.get("endpoint"));
        Optional<LockMode> mode = mode(given.get("objectLock"));
        Optional<Duration> retain = period(given.get("retain"));
        if (mode.isPresent() != retain.isPresent()) {
            throw new StorageException("Objects are locked by two parameters together, like"
                    + " objectLock=GOVERNANCE&retain=30d. Give both, or none.");
        }
        return new S3Settings(
                location.host(),
                prefix.isEmpty() ? "" : prefix + "/",
                endpoint,
                Optional.ofNullable(given.get("region")),
                addressing(given.get("pathStyle"), endpoint),
                mode,
                retain);
    }

    private static Optional<URI> endpoint(String text) throws StorageException {
        if (text == null) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text.contains("://") ? text : "https://" + text);
            boolean isWeb = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            if (isWeb && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawQuery() == null) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // said below, without the text, which may contain a secret
        }
        throw new StorageException(
                "The endpoint of an s3 URI is not a server. Write endpoint=https://host:port, without user or password.");
    }

    /** Names of buckets in front of an address, or of a host that nobody made for it, lead nowhere. */
    private static Addressing addressing(String text, Optional<URI> endpoint) throws StorageException {
        if (text == null) {
            return endpoint.isPresent() ? Addressing.PATH : Addressing.HOST;
        }
        return switch (text) {
            case "true" -> Addressing.PATH;
            case "false" -> Addressing.HOST;
            default -> throw new StorageException("pathStyle in an s3 URI is true or false.");
        };
    }

    private static Optional<LockMode> mode(String text) throws StorageException {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(LockMode.valueOf(text.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw new StorageException("objectLock in an s3 URI is GOVERNANCE or COMPLIANCE.", e);
        }
    }

    private static Optional<Duration> period(String text) throws StorageException {
        if (text == null) {
            return Optional.empty();
        }
        Matcher matcher = PERIOD.matcher(text);
        if (!matcher.matches()) {
            throw new StorageException(
                    "retain in an s3 URI is a number of hours, days, weeks or years, like 12h, 30d, 4w or 1y.");
        }
        long number = Long.parseLong(matcher.group(1));
        try {
            return Optional.of(
                    switch (matcher.group(2)) {
                        case "h" -> Duration.ofHours(number);
                        case "d" -> Duration.ofDays(number);
                        case "w" -> Duration.ofDays(number * 7);
                        default -> Duration.ofDays(number * 366);
                    });
        } catch (ArithmeticException | DateTimeException e) {
            throw new StorageException("retain in an s3 URI is too long.", e);
        }
    }
}
