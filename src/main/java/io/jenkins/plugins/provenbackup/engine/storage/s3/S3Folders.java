package io.jenkins.plugins.provenbackup.engine.storage.s3;

import io.jenkins.plugins.provenbackup.engine.storage.remote.RemoteCalls;
import io.jenkins.plugins.provenbackup.engine.storage.remote.RemoteEntry;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * Files and folders where there are only keys: a folder is what keys with a slash have in common, or an empty object whose key
 * ends with one. A rename is a copy and a delete, so the new name appears at once and the old one may stay for a moment.
 */
final class S3Folders implements RemoteCalls {

    /** Objects above this can only be copied in parts (Amazon S3 API, CopyObject). */
    private static final long LARGEST_COPY = 5L << 30;

    private final S3Calls calls;
    private final S3Client client;
    private final String bucket;
    private volatile S3Progress current = new S3Progress();

    S3Folders(S3Connection connection) {
        calls = connection.calls();
        client = connection.client();
        bucket = connection.settings().bucket();
    }

    /** Ends what is under way. */
    void abort() {
        current.giveUp();
    }

    @Override
    public Optional<RemoteEntry> look(String path) throws IOException {
        return request(() -> {
            String key = key(path);
            if (key.isEmpty()) {
                first("");
                return Optional.of(RemoteEntry.folder(""));
            }
            try {
                HeadObjectResponse head = head(key);
                return Optional.of(
                        RemoteEntry.file(RemoteEntry.lastPart(path), head.contentLength(), head.lastModified()));
            } catch (SdkException e) {
                if (!S3Errors.isMissing(e)) {
                    throw e;
                }
                return first(key + "/").hasContents()
                        ? Optional.of(RemoteEntry.folder(RemoteEntry.lastPart(path)))
                        : Optional.empty();
            }
        });
    }

    @Override
    public List<RemoteEntry> list(String folder) throws IOException {
        return request(() -> {
            String prefix = key(folder).isEmpty() ? "" : key(folder) + "/";
            List<RemoteEntry> entries = new ArrayList<>();
            client.listObjectsV2Paginator(
                            request -> request.bucket(bucket).prefix(prefix).delimiter("/"))
                    .forEach(page -> {
                        page.commonPrefixes().forEach(common -> {
                            String name = common.prefix().substring(prefix.length());
                            entries.add(RemoteEntry.folder(name.substring(0, name.length() - 1)));
                        });
                        page.contents().stream()
                                .filter(object -> object.key().length() > prefix.length())
                                .forEach(object -> entries.add(RemoteEntry.file(
                                        object.key().substring(prefix.length()),
                                        object.size(),
                                        object.lastModified())));
                    });
            // Two slashes in a row make a name that no tree can show.
            entries.removeIf(entry -> entry.name().isEmpty());
            return entries;
        });
    }

    @Override
    public void createFolder(String path) throws IOException {
        request(() -> client.putObject(request -> request.bucket(bucket).key(key(path) + "/"), RequestBody.empty()));
    }

    @Override
    public void delete(String path) throws IOException {
        Optional<RemoteEntry> there = look(path);
        if (there.isEmpty()) {
            return;
        }
        boolean isFolder = there.get().kind() == RemoteEntry.Kind.FOLDER;
        if (isFolder && !list(path).isEmpty()) {
            throw new DirectoryNotEmptyException(path);
        }
        request(() ->
                client.deleteObject(request -> request.bucket(bucket).key(isFolder ? key(path) + "/" : key(path))));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        RemoteEntry there = look(from).orElseThrow(() -> new FileNotFoundException(from));
        if (there.kind() == RemoteEntry.Kind.FOLDER) {
            throw new IOException("S3 cannot rename the folder " + from + ": it has no folders, only keys");
        }
        if (there.size() > LARGEST_COPY) {
            throw new IOException("S3 cannot rename " + from + ": it is larger than 5 GiB");
        }
        request(() -> client.copyObject(request -> request.sourceBucket(bucket)
                .sourceKey(key(from))
                .destinationBucket(bucket)
                .destinationKey(key(to))));
        request(() -> client.deleteObject(request -> request.bucket(bucket).key(key(from))));
    }

    @Override
    public InputStream read(String path, long offset, long length) throws IOException {
        if (length == 0) {
            return InputStream.nullInputStream();
        }
        String range = "bytes=" + offset + "-" + (offset + length - 1);
        return request(() -> {
            ResponseInputStream<GetObjectResponse> in = client.getObject(
                    request -> request.bucket(bucket).key(key(path)).range(range));
            current.breakBy(in::abort);
            return in;
        });
    }

    @Override
    public OutputStream write(String path) {
        return new S3OutputStream(client, bucket, key(path), this);
    }

    /** What a request does. */
    interface Request<T> {
        T send() throws IOException;
    }

    /** Makes a request, or several, that {@link #abort} ends. */
    <T> T request(Request<T> request) throws IOException {
        S3Progress progress = new S3Progress();
        current = progress;
        try {
            return calls.inPlace(progress, same -> request.send());
        } catch (SdkException e) {
            throw S3Errors.isMissing(e) ? notFound(e) : new IOException(e.getMessage(), e);
        }
    }

    private static FileNotFoundException notFound(SdkException failure) {
        FileNotFoundException missing = new FileNotFoundException(failure.getMessage());
        missing.initCause(failure);
        return missing;
    }

    private HeadObjectResponse head(String key) {
        return client.headObject(request -> request.bucket(bucket).key(key));
    }

    private ListObjectsV2Response first(String prefix) {
        return client.listObjectsV2(
                request -> request.bucket(bucket).prefix(prefix).maxKeys(1));
    }

    private static String key(String path) {
        return path.replaceAll("^/+", "");
    }
}
