package io.jenkins.plugins.provenbackup.engine.storage.s3;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The requests that are made of a bucket, by the names of objects below the location's prefix. Failures are the SDK's own
 * exceptions. Safe for several threads.
 */
final class S3Bucket {

    /**
     * A page of what was ever stored.
     *
     * @param versions contents, those of one key from the newest to the oldest
     * @param markers what stands in for deleted ones
     */
    record History(List<ObjectVersion> versions, List<DeleteMarkerEntry> markers) {}

    private final S3Client client;
    private final String bucket;
    private final String prefix;
    // Versions that readers take instead of the newest.
    private final Map<String, String> selected = new ConcurrentHashMap<>();

    S3Bucket(S3Connection connection) {
        client = connection.client();
        bucket = connection.settings().bucket();
        prefix = connection.settings().prefix();
    }

    S3Client client() {
        return client;
    }

    String bucket() {
        return bucket;
    }

    String key(String name) {
        return prefix + name;
    }

    String name(String key) {
        return key.substring(prefix.length());
    }

    /** Makes readers take a certain version from now on. */
    void select(String name, String version) {
        selected.put(name, version);
    }

    void selectNewest(String name) {
        selected.remove(name);
    }

    /** What is known of an object, or empty when there is none. */
    Optional<HeadObjectResponse> head(String name) {
        return find(name, selected.get(name));
    }

    /** The same of what the bucket shows to everybody. */
    Optional<HeadObjectResponse> headNewest(String name) {
        return find(name, null);
    }

    private Optional<HeadObjectResponse> find(String name, String version) {
        try {
            return Optional.of(client.headObject(
                    request -> request.bucket(bucket).key(key(name)).versionId(version)));
        } catch (SdkException e) {
            if (S3Errors.isMissing(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** An open object; a range in the words of RFC 9110, section 14, or null for the whole. */
    ResponseInputStream<GetObjectResponse> get(String name, String range) {
        return client.getObject(
                request -> request.bucket(bucket).key(key(name)).range(range).versionId(selected.get(name)));
    }

    /** What the bucket shows to everybody. */
    ResponseInputStream<GetObjectResponse> getVersion(String name, String version) {
        return client.getObject(request -> request.bucket(bucket).key(key(name)).versionId(version));
    }

    void delete(String name) {
        client.deleteObject(request -> request.bucket(bucket).key(key(name)));
    }

    /** Whether anything lies below the prefix; proves at the same time bucket, region and credentials. */
    boolean holdsAnything() {
        return client.listObjectsV2(
                                request -> request.bucket(bucket).prefix(prefix).maxKeys(1))
                        .keyCount()
                > 0;
    }

    /** All objects whose key begins so, page by page. */
    void list(String start, S3Progress progress, Consumer<S3Object> each) {
        String next = null;
        do {
            String token = next;
            ListObjectsV2Response page = client.listObjectsV2(
                    request -> request.bucket(bucket).prefix(key(start)).continuationToken(token));
            page.contents().forEach(each);
            progress.moved();
            next = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
        } while (next != null);
    }

    /** All versions and delete markers whose key begins so, page by page. */
    void history(String start, S3Progress progress, Consumer<History> each) {
        String nextKey = null;
        String nextVersion = null;
        do {
            String key = nextKey;
            String version = nextVersion;
            ListObjectVersionsResponse page = client.listObjectVersions(request ->
                    request.bucket(bucket).prefix(key(start)).keyMarker(key).versionIdMarker(version));
            each.accept(new History(page.versions(), page.deleteMarkers()));
            progress.moved();
            boolean more = Boolean.TRUE.equals(page.isTruncated());
            nextKey = more ? page.nextKeyMarker() : null;
            nextVersion = more ? page.nextVersionIdMarker() : null;
        } while (nextKey != null);
    }
}
