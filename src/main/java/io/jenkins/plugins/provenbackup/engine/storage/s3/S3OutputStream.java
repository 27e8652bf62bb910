package io.jenkins.plugins.provenbackup.engine.storage.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * A new object of unknown length: one request when it is closed, or parts on the way when it grows large. Parts grow with it,
 * since there are at most 10,000.
 */
final class S3OutputStream extends OutputStream {

    private static final int SMALLEST_PART = 8 << 20;
    private static final int LARGEST_PART = 64 << 20;
    private static final int PARTS_OF_ONE_SIZE = 1000;

    private final S3Client client;
    private final String bucket;
    private final String key;
    private final S3Folders folders;
    private final List<CompletedPart> parts = new ArrayList<>();
    private byte[] buffer = new byte[1 << 16];
    private int length;
    private String upload;
    private boolean closed;
    private boolean failed;

    S3OutputStream(S3Client client, String bucket, String key, S3Folders folders) {
        this.client = client;
        this.bucket = bucket;
        this.key = key;
        this.folders = folders;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        int done = 0;
        while (done < count) {
            if (length == partSize()) {
                sendPart();
            }
            int n = Math.min(count - done, partSize() - length);
            makeRoom(n);
            System.arraycopy(bytes, offset + done, buffer, length, n);
            length += n;
            done += n;
        }
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        if (failed) {
            return;
        }
        if (upload == null) {
            folders.request(
                    () -> client.putObject(request -> request.bucket(bucket).key(key), body()));
            return;
        }
        sendPart();
        attempt(() -> client.completeMultipartUpload(
                request -> request.bucket(bucket).key(key).uploadId(upload).multipartUpload(all -> all.parts(parts))));
    }

    private int partSize() {
        return (int) Math.min(LARGEST_PART, (long) SMALLEST_PART << (parts.size() / PARTS_OF_ONE_SIZE));
    }

    private void makeRoom(int more) {
        if (length + more > buffer.length) {
            int size = (int) Math.min(partSize(), Math.max(2L * buffer.length, (long) length + more));
            buffer = Arrays.copyOf(buffer, size);
        }
    }

    private RequestBody body() {
        byte[] content = buffer;
        int size = length;
        return RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(content, 0, size), size, "application/octet-stream");
    }

    private void sendPart() throws IOException {
        if (upload == null) {
            upload = folders.request(() -> client.createMultipartUpload(
                            request -> request.bucket(bucket).key(key))
                    .uploadId());
        }
        int number = parts.size() + 1;
        String tag = attempt(() -> client.uploadPart(
                        request ->
                                request.bucket(bucket).key(key).uploadId(upload).partNumber(number),
                        body())
                .eTag());
        parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
        length = 0;
    }

    private <T> T attempt(S3Folders.Request<T> request) throws IOException {
        boolean done = false;
        try {
            T answer = folders.request(request);
            done = true;
            return answer;
        } finally {
            if (!done) {
                failed = true;
                abandon();
            }
        }
    }

    private void abandon() {
        try {
            client.abortMultipartUpload(
                    request -> request.bucket(bucket).key(key).uploadId(upload));
        } catch (SdkException unreachable) {
            // the first failure is reported, and a lifecycle rule clears what is left
        }
    }
}
