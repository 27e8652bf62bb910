package io.jenkins.plugins.provenbackup.engine.storage.s3;

import io.jenkins.plugins.provenbackup.engine.storage.ObjectName;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.Payload;
import io.jenkins.plugins.provenbackup.engine.storage.PutOutcome;
import io.jenkins.plugins.provenbackup.engine.storage.RangeErrors;
import io.jenkins.plugins.provenbackup.engine.storage.Retention;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import io.jenkins.plugins.provenbackup.engine.storage.Versions;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsWork;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * A prefix of an S3 bucket. One verb is one request, but for long lists and large objects; durability is the server's.
 * A put whose outcome is unknown is compared with what is there afterwards.
 */
public final class S3Storage implements Storage {

    private final S3Connection connection;
    private final S3Calls calls;
    private final S3Bucket bucket;
    private final S3Upload upload;
    private final S3Lock lock;

    private S3Storage(S3Connection connection, Clock clock) {
        this.connection = connection;
        calls = connection.calls();
        bucket = new S3Bucket(connection);
        lock = new S3Lock(connection.settings(), clock);
        upload = new S3Upload(bucket, connection, lock);
    }

    /**
     * Looks once whether the bucket is there, and this account may list it; the caller closes the storage. Buckets are not
     * created.
     *
     * @throws StorageException.Missing when there is no such bucket, or nothing in it below the prefix and the mode is
     *     {@link OpenMode#EXISTING}
     */
    public static S3Storage open(StorageLocation location, StorageOptions options, OpenMode mode)
            throws StorageException {
        return open(location, options, mode, Clock.systemUTC());
    }

    /** The same with a clock, which lock dates of new objects are counted from. */
    static S3Storage open(StorageLocation location, StorageOptions options, OpenMode mode, Clock clock)
            throws StorageException {
        S3Storage storage = new S3Storage(new S3Connection(location, options), clock);
        try {
            storage.requireBase(mode);
            return storage;
        } catch (StorageException e) {
            storage.close();
            throw e;
        }
    }

    @Override
    public String location() {
        return connection.location();
    }

    @Override
    public PutOutcome put(String name, Payload payload) throws StorageException {
        ObjectName.checked(name);
        VfsWork work = new VfsWork("write " + name, location(), payload.size());
        try {
            return calls.call(work, progress -> upload.put(name, payload, progress));
        } catch (StorageException e) {
            if (e.mayPass() && isThereNow(work, name, payload, e)) {
                return PutOutcome.STORED;
            }
            throw e;
        }
    }

    @Override
    public void replace(String name, Payload payload) throws StorageException {
        ObjectName.checked(name);
        calls.call(new VfsWork("replace " + name, location(), payload.size()), progress -> {
            upload.replace(name, payload, progress);
            return name;
        });
    }

    @Override
    public InputStream open(String name) throws StorageException {
        ObjectName.checked(name);
        VfsWork work = new VfsWork("read " + name, location(), 0);
        calls.acquire(work);
        try {
            return new S3InputStream(calls.callWithPermit(work, progress -> bucket.get(name, null)), calls, work);
        } catch (StorageException | RuntimeException | Error e) {
            calls.release();
            throw e;
        }
    }

    @Override
    public byte[] read(String name, long offset, int length) throws StorageException {
        ObjectName.checked(name);
        VfsWork work = new VfsWork("read " + name, location(), 0);
        return calls.call(work, progress -> {
            if (length <= 0 || offset < 0) {
                return readNothing(name, offset, length, work);
            }
            // Sums of what a damaged index says may be larger than any number.
            long last = offset > Long.MAX_VALUE - length ? Long.MAX_VALUE : offset + length - 1;
            try (ResponseInputStream<GetObjectResponse> in = bucket.get(name, "bytes=" + offset + "-" + last)) {
                progress.breakBy(in::abort);
                boolean isRange = in.response().contentRange() != null;
                long available = in.response().contentLength();
                // Before the allocation: the length may come from a damaged index.
                if (!isRange || available != length) {
                    in.abort();
                    throw RangeErrors.tooShort(
                            name, location(), isRange ? offset + available : available, offset, length);
                }
                byte[] bytes = read(new MovingInputStream(in, progress), length);
                if (bytes.length < length) {
                    throw new StorageException.Transient(
                            work.failed() + "the connection was cut after " + bytes.length + " of " + length + " bytes",
                            null);
                }
                return bytes;
            } catch (SdkException e) {
                if (S3Errors.isRangeBehindTheEnd(e)) {
                    throw RangeErrors.tooShort(name, location(), sizeOf(name, work), offset, length);
                }
                throw e;
            }
        });
    }

    private static byte[] read(InputStream in, int length) throws IOException {
        return in.readNBytes(length);
    }

    @Override
    public OptionalLong size(String name) throws StorageException {
        ObjectName.checked(name);
        return calls.call(
                new VfsWork("look at " + name, location(), 0),
                progress -> bucket.head(name)
                        .map(HeadObjectResponse::contentLength)
                        .map(OptionalLong::of)
                        .orElseGet(OptionalLong::empty));
    }

    @Override
    public List<StoredObject> list(String folder) throws StorageException {
        String start = ObjectName.checkedFolder(folder);
        VfsWork work = new VfsWork("list " + (folder.isEmpty() ? "the objects" : folder), location(), 0);
        return calls.call(work, progress -> {
            List<StoredObject> found = new ArrayList<>();
            bucket.list(start.isEmpty() ? "" : start + "/", progress, object -> {
                String name = bucket.name(object.key());
                if (ObjectName.isValid(name) && !ObjectName.isTemporary(name.substring(name.lastIndexOf('/') + 1))) {
                    found.add(new StoredObject(name, object.size(), object.lastModified()));
                }
            });
            return found;
        });
    }

    @Override
    public void delete(String name) throws StorageException {
        ObjectName.checked(name);
        calls.call(new VfsWork("delete " + name, location(), 0), progress -> {
            bucket.delete(name);
            bucket.selectNewest(name);
            return name;
        });
    }

    @Override
    public Optional<Retention> retention() {
        return Optional.of(new S3Retention(connection, bucket, lock));
    }

    @Override
    public Optional<Versions> versions() {
        return Optional.of(new S3Versions(connection, bucket, lock));
    }

    @Override
    public void close() {
        connection.close();
    }

    @Override
    public String toString() {
        return "S3Storage[" + location() + "]";
    }

    /** After an ambiguous failure: whether the object did arrive. The first failure counts when that cannot be found out. */
    private boolean isThereNow(VfsWork work, String name, Payload payload, StorageException first) {
        try {
            return calls.call(work, progress -> upload.isSame(name, payload, progress));
        } catch (StorageException second) {
            first.addSuppressed(second);
            return false;
        }
    }

    private byte[] readNothing(String name, long offset, int length, VfsWork work) throws StorageException {
        long size = sizeOf(name, work);
        if (offset < 0 || length < 0 || offset > size) {
            throw RangeErrors.tooShort(name, location(), size, offset, length);
        }
        return new byte[0];
    }

    private long sizeOf(String name, VfsWork work) throws StorageException {
        return bucket.head(name)
                .map(HeadObjectResponse::contentLength)
                .orElseThrow(() -> new StorageException.Missing(work.failed() + "there is no such object"));
    }

    private void requireBase(OpenMode mode) throws StorageException {
        boolean hasSomething =
                calls.call(new VfsWork("open the repository", location(), 0), progress -> bucket.holdsAnything());
        if (!hasSomething && mode == OpenMode.EXISTING) {
            throw new StorageException.Missing("There is nothing at " + location()
                    + ". Check bucket and prefix, or create a repository there with init.");
        }
    }
}
