package io.jenkins.plugins.provenbackup.engine.storage.s3;

import io.jenkins.plugins.provenbackup.engine.storage.Causes;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.tls.TlsErrors;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsWork;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.lang3.exception.ExceptionUtils;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Says what a server's refusal or a failed request means. The codes are those of "Error responses" in the Amazon S3 API
 * reference, and those that MinIO and Ceph add.
 */
final class S3Errors {

    private static final Set<String> NOT_WHO_HE_SAYS = Set.of(
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "AuthorizationHeaderMalformed",
            "InvalidSecurity",
            "NotSignedUp",
            "AccountProblem");
    private static final Set<String> EXPIRED = Set.of("ExpiredToken", "InvalidToken", "TokenRefreshRequired");
    private static final Set<String> BUSY = Set.of(
            "SlowDown",
            "InternalError",
            "ServiceUnavailable",
            "RequestTimeout",
            "OperationAborted",
            "ConditionalRequestConflict",
            "Throttling",
            "ThrottlingException",
            "RequestLimitExceeded",
            "BandwidthLimitExceeded");
    private static final Set<String> DAMAGED_ON_THE_WAY = Set.of(
            "BadDigest", "InvalidDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch", "IncompleteBody");

    /** Whatever ended an upload in parts, it says nothing of the object: another may be begun. */
    private static final String UPLOAD_IS_GONE = "NoSuchUpload";

    private static final Set<String> FULL = Set.of(
            "QuotaExceeded",
            "InsufficientStorage",
            "XMinioStorageFull",
            "XMinioAdminBucketQuotaExceeded",
            "XMinioDiskFull",
            "AccountStorageQuotaExceeded");

    private final S3Settings settings;

    S3Errors(S3Settings settings) {
        this.settings = settings;
    }

    /** Whether the server says that another object of this name is there. */
    static boolean isTaken(Throwable failure) {
        return failure instanceof AwsServiceException answer
                && (answer.statusCode() == 412 || code(answer).equals("ConditionalRequestConflict"));
    }

    /** Whether the server does not know what was asked. */
    static boolean isUnknownRequest(Throwable failure) {
        return failure instanceof AwsServiceException answer
                && (answer.statusCode() == 501 || code(answer).equals("NotImplemented"));
    }

    static boolean isMissing(Throwable failure) {
        return failure instanceof AwsServiceException answer
                && answer.statusCode() == 404
                && !code(answer).equals("NoSuchBucket");
    }

    static boolean isRangeBehindTheEnd(Throwable failure) {
        return failure instanceof AwsServiceException answer && answer.statusCode() == 416;
    }

    static String code(AwsServiceException answer) {
        return Optional.ofNullable(answer.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .orElse("");
    }

    StorageException explain(Throwable failure, VfsWork work) {
        Optional<StorageException> known = Causes.find(failure, StorageException.class);
        if (known.isPresent()) {
            return known.get();
        }
        Optional<AwsServiceException> answer = Causes.find(failure, AwsServiceException.class);
        if (answer.isPresent()) {
            return refused(answer.get(), work);
        }
        Optional<StorageException> tls = TlsErrors.explain(failure, server());
        if (tls.isPresent()) {
            return tls.get();
        }
        if (saysOfCredentials(failure, "service module must be on the class path")) {
            return new StorageException.AccessDenied(
                    work.failed()
                            + "the profile assumes a role or logs in by SSO, which this program leaves to others. Export its"
                            + " keys ('aws configure export-credentials --format env'), or make a profile that has them"
                            + " fetched: credential_process = aws configure export-credentials --profile NAME.",
                    failure);
        }
        if (saysOfCredentials(failure, "load credentials")) {
            return new StorageException.AccessDenied(
                    work.failed()
                            + "there are no credentials. Give an access key and its secret by AWS_ACCESS_KEY_ID and"
                            + " AWS_SECRET_ACCESS_KEY, a profile of ~/.aws/credentials by AWS_PROFILE, or a file of"
                            + " credentials.",
                    failure);
        }
        // an answer that ends inside its XML comes as an UncheckedIOException
        if (failure instanceof SdkException
                || Causes.find(failure, IOException.class).isPresent()) {
            return new StorageException.Transient(
                    work.failed() + "the connection to " + server() + " failed (" + Causes.reason(failure)
                            + "). Check the server and the network.",
                    failure);
        }
        return new StorageException(work.failed() + failure, failure);
    }

    private StorageException refused(AwsServiceException answer, VfsWork work) {
        String code = code(answer);
        int status = answer.statusCode();
        String said = work.failed() + words(answer, code) + " ";
        if (code.equals("RequestTimeTooSkewed")) {
            return new StorageException(
                    said + "This machine's clock differs too much from the server's: set it right.", answer);
        }
        if (code.equals("NoSuchBucket")) {
            return new StorageException.Missing(work.failed() + "there is no bucket " + settings.bucket() + " at "
                    + server() + ". Check its name, or create it with the provider's own tools.");
        }
        if (NOT_WHO_HE_SAYS.contains(code) && !isAboutRegion(answer)) {
            return new StorageException.AccessDenied(
                    work.failed() + "Cannot log in to " + server() + ": " + words(answer, code)
                            + " Check the access key and its secret.",
                    answer);
        }
        if (EXPIRED.contains(code)) {
            return new StorageException.AccessDenied(
                    said + "The session token has expired: get new credentials.", answer);
        }
        if (isAboutRegion(answer)) {
            String region = answer.awsErrorDetails() == null
                    ? ""
                    : answer.awsErrorDetails()
                            .sdkHttpResponse()
                            .firstMatchingHeader("x-amz-bucket-region")
                            .orElse("");
            return new StorageException(
                    said + "The bucket is in another region: put region=" + (region.isEmpty() ? "NAME" : region)
                            + " into the URI.",
                    answer);
        }
        if (FULL.contains(code) || status == 507) {
            return new StorageException.Full(
                    said + "Raise the quota or make room there, or forget snapshots and prune.", answer);
        }
        if (code.equals("InvalidObjectState")) {
            return new StorageException(
                    said + "The object lies in an archive tier (Glacier): restore it there first.", answer);
        }
        if (BUSY.contains(code)
                || code.equals(UPLOAD_IS_GONE)
                || DAMAGED_ON_THE_WAY.contains(code)
                || status == 429
                || status >= 500 && status != 501) {
            return new StorageException.Transient(said + "Trying again later may help.", answer);
        }
        if (status == 404) {
            return new StorageException.Missing(work.failed() + "there is no such object");
        }
        if (status == 403 || status == 401) {
            return new StorageException.AccessDenied(said + denied(work), answer);
        }
        if (isAboutLocks(answer)) {
            return new StorageException(
                    said
                            + "Locks need a bucket with Object Lock, which is best switched on when the bucket is created.",
                    answer);
        }
        return new StorageException(said + "Check the location, and that the server speaks S3.", answer);
    }

    private static boolean isAboutRegion(AwsServiceException answer) {
        String code = code(answer);
        return answer.statusCode() == 301
                || answer.statusCode() == 307
                || code.equals("PermanentRedirect")
                || code.equals("IllegalLocationConstraintException")
                || code.equals("AuthorizationHeaderMalformed")
                        && String.valueOf(answer.awsErrorDetails().errorMessage())
                                .contains("region");
    }

    private static boolean isAboutLocks(AwsServiceException answer) {
        String words = answer.awsErrorDetails() == null
                ? ""
                : String.valueOf(answer.awsErrorDetails().errorMessage()).toLowerCase(Locale.ROOT);
        return answer.statusCode() == 400 && (words.contains("object lock") || words.contains("objectlock"));
    }

    private static String denied(VfsWork work) {
        return work.doing().startsWith("delete")
                ? "This account may not delete, or the object is locked (retention)."
                : "This account may not do this: check its rights, and the access key and its secret.";
    }

    private static String words(AwsServiceException answer, String code) {
        String message = answer.awsErrorDetails() == null
                ? null
                : answer.awsErrorDetails().errorMessage();
        StringBuilder words = new StringBuilder("the server says ").append(answer.statusCode());
        if (!code.isEmpty() && !code.equals(String.valueOf(answer.statusCode()))) {
            words.append(' ').append(code);
        }
        if (message != null && !message.isBlank() && !message.equals(code)) {
            words.append(", ").append(message.strip());
        }
        return words.charAt(words.length() - 1) == '.'
                ? words.toString()
                : words.append('.').toString();
    }

    // The SDK has no types for these.
    private static boolean saysOfCredentials(Throwable failure, String words) {
        return ExceptionUtils.getThrowableList(failure).stream()
                .anyMatch(t -> t instanceof SdkClientException
                        && String.valueOf(t.getMessage()).contains(words));
    }

    private String server() {
        return settings.endpoint()
                .map(uri -> uri.getPort() < 0 ? uri.getHost() : uri.getHost() + " port " + uri.getPort())
                .orElse("AWS");
    }
}
