package io.jenkins.plugins.provenbackup.engine.storage.s3;

import io.jenkins.plugins.provenbackup.engine.storage.Contents;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.Payload;
import io.jenkins.plugins.provenbackup.engine.storage.PutOutcome;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.PayloadInputStream;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsWork;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Puts objects so that none is ever replaced: each request says {@code If-None-Match: *} (RFC 9110, section 13.1.2), and
 * servers other than AWS, which may ignore that, are asked first whether the name is taken. A key shows an object only when
 * it is whole, so there is no temporary name. Safe for several threads.
 */
final class S3Upload {

    /** Larger ones go in parts. */
    static final int LARGEST_SINGLE = 16 << 20;

    private static final int PART = 8 << 20;
    private static final int MOST_PARTS = 10_000;
    private static final String TYPE = "application/octet-stream";
    private static final String NOTHING_THERE = "*";

    private final S3Bucket bucket;
    private final S3Connection connection;
    private final S3Lock lock;
    private final S3Retention retention;
    private volatile boolean knowsConditions = true;

    S3Upload(S3Bucket bucket, S3Connection connection, S3Lock lock) {
        this.bucket = bucket;
        this.connection = connection;
        this.lock = lock;
        retention = new S3Retention(connection, bucket, lock);
    }

    PutOutcome put(String name, Payload payload, S3Progress progress) throws IOException {
        boolean trusted = connection.settings().endpoint().isEmpty() && knowsConditions;
        if (!trusted && bucket.headNewest(name).isPresent()) {
            return requireSame(name, payload, progress);
        }
        progress.moved();
        try {
            store(name, payload, progress);
            return PutOutcome.STORED;
        } catch (SdkException e) {
            if (S3Errors.isTaken(e) && bucket.headNewest(name).isPresent()) {
                return requireSame(name, payload, progress);
            }
            if (!S3Errors.isUnknownRequest(e) || !knowsConditions) {
                throw e;
            }
            knowsConditions = false;
            return put(name, payload, progress);
        }
    }

    /** Whether an object is there and has this content. */
    boolean isSame(String name, Payload payload, S3Progress progress) throws IOException {
        Optional<HeadObjectResponse> there = bucket.headNewest(name);
        if (there.isEmpty() || there.get().contentLength() != payload.size()) {
            return false;
        }
        try (InputStream stored = new MovingInputStream(bucket.getVersion(name, null), progress)) {
            return Contents.same(stored, payload);
        }
    }

    private PutOutcome requireSame(String name, Payload payload, S3Progress progress) throws IOException {
        if (!isSame(name, payload, progress)) {
            throw Contents.conflict(name, connection.location());
        }
        return PutOutcome.ALREADY_THERE;
    }

    private void store(String name, Payload payload, S3Progress progress) throws IOException {
        if (payload.size() <= LARGEST_SINGLE) {
            single(
                    name,
                    payload,
                    progress,
                    request -> request.ifNoneMatch(condition())
                            .objectLockMode(lock.modeOfNew())
                            .objectLockRetainUntilDate(lock.untilOfNew()));
        } else {
            Instant until = lock.untilOfNew();
            inParts(name, payload, progress);
            if (until != null) {
                // Some servers, Ceph among them, forget the lock of an upload in parts.
                VfsWork work = new VfsWork("lock " + name, connection.location(), 0);
                retention.retain(name, until, work, progress);
            }
        }
    }

    private String condition() {
        return knowsConditions ? NOTHING_THERE : null;
    }

    /** Puts a small object in the place of another, in one step; it is not locked, since it may change again. */
    void replace(String name, Payload payload, S3Progress progress) throws StorageException {
        single(name, payload, progress, request -> {});
    }

    private void single(String name, Payload payload, S3Progress progress, Consumer<PutObjectRequest.Builder> how)
            throws StorageException {
        // The SDK may ask for the content twice, to sign it and to send it.
        List<LazyPayloadStream> opened = new ArrayList<>();
        try {
            RequestBody body = RequestBody.fromContentProvider(
                    () -> {
                        LazyPayloadStream stream = new LazyPayloadStream(payload, progress);
                        opened.add(stream);
                        return stream;
                    },
                    payload.size(),
                    TYPE);
            bucket.client()
                    .putObject(
                            request -> request.bucket(bucket.bucket())
                                    .key(bucket.key(name))
                                    .checksumSHA256(base64(payload.sha256()))
                                    .applyMutation(how),
                            body);
        } finally {
            for (LazyPayloadStream stream : opened) {
                stream.close();
            }
        }
    }

    private void inParts(String name, Payload payload, S3Progress progress) throws IOException {
        S3Client client = bucket.client();
        String key = bucket.key(name);
        String upload = client.createMultipartUpload(request -> request.bucket(bucket.bucket())
                        .key(key)
                        .contentType(TYPE)
                        .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                        .objectLockMode(lock.modeOfNew())
                        .objectLockRetainUntilDate(lock.untilOfNew()))
                .uploadId();
        boolean complete = false;
        try {
            List<CompletedPart> parts = sendParts(key, upload, payload, progress);
            client.completeMultipartUpload(request -> request.bucket(bucket.bucket())
                    .key(key)
                    .uploadId(upload)
                    .ifNoneMatch(condition())
                    .multipartUpload(all -> all.parts(parts)));
            complete = true;
        } finally {
            if (!complete) {
                abort(key, upload);
            }
        }
    }

    private List<CompletedPart> sendParts(String key, String upload, Payload payload, S3Progress progress)
            throws IOException {
        List<CompletedPart> parts = new ArrayList<>();
        byte[] part = new byte[partSize(payload.size())];
        try (InputStream content = PayloadInputStream.open(payload, progress)) {
            for (int n = content.readNBytes(part, 0, part.length);
                    n > 0;
                    n = content.readNBytes(part, 0, part.length)) {
                int number = parts.size() + 1;
                String checksum = base64(sha256(part, n));
                int length = n;
                UploadPartResponse answer = bucket.client()
                        .uploadPart(
                                request -> request.bucket(bucket.bucket())
                                        .key(key)
                                        .uploadId(upload)
                                        .partNumber(number)
                                        .checksumSHA256(checksum),
                                RequestBody.fromContentProvider(
                                        () -> new MovingInputStream(
                                                new ByteArrayInputStream(part, 0, length), progress),
                                        length,
                                        TYPE));
                parts.add(CompletedPart.builder()
                        .partNumber(number)
                        .eTag(answer.eTag())
                        .checksumSHA256(checksum)
                        .build());
            }
        }
        return parts;
    }

    /** What is left of an upload costs money and is seen by nobody; what cannot be removed is for a lifecycle rule. */
    private void abort(String key, String upload) {
        connection.calls().later(() -> {
            try {
                bucket.client()
                        .abortMultipartUpload(request ->
                                request.bucket(bucket.bucket()).key(key).uploadId(upload));
            } catch (SdkException unreachable) {
                // the first failure, which brought us here, is reported
            }
        });
    }

    private static int partSize(long size) {
        long needed = (size + MOST_PARTS - 1) / MOST_PARTS;
        return Math.toIntExact(Math.max(PART, needed));
    }

    private static byte[] sha256(byte[] bytes, int length) {
        var digest = ObjectHash.newDigest();
        digest.update(bytes, 0, length);
        return digest.digest();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
