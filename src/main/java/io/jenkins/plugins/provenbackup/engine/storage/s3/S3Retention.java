package io.jenkins.plugins.provenbackup.engine.storage.s3;

import io.jenkins.plugins.provenbackup.engine.storage.ObjectName;
import io.jenkins.plugins.provenbackup.engine.storage.Retention;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsWork;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockRetention;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;

/** Object Lock. An object that is locked by its owner's rule for the bucket counts as well. Safe for several threads. */
final class S3Retention implements Retention {

    private final S3Connection connection;
    private final S3Bucket bucket;
    private final S3Lock lock;

    S3Retention(S3Connection connection, S3Bucket bucket, S3Lock lock) {
        this.connection = connection;
        this.bucket = bucket;
        this.lock = lock;
    }

    @Override
    public Optional<Duration> period() {
        return lock.period();
    }

    @Override
    public Instant retainUntil(String name, Instant until) throws StorageException {
        ObjectName.checked(name);
        VfsWork work = new VfsWork("lock " + name, connection.location(), 0);
        return connection.calls().call(work, progress -> retain(name, until, work, progress));
    }

    /** The same within a call. */
    Instant retain(String name, Instant until, VfsWork work, S3Progress progress) throws StorageException {
        HeadObjectResponse there = require(name, work);
        Instant now = there.objectLockRetainUntilDate();
        if (now != null && !now.isBefore(until)) {
            return now;
        }
        progress.moved();
        Instant date = S3Lock.wholeSecond(until);
        String mode = there.objectLockModeAsString() == null ? lock.mode().toString() : there.objectLockModeAsString();
        bucket.client()
                .putObjectRetention(request -> request.bucket(bucket.bucket())
                        .key(bucket.key(name))
                        .versionId(there.versionId())
                        .retention(ObjectLockRetention.builder()
                                .mode(ObjectLockRetentionMode.fromValue(mode))
                                .retainUntilDate(date)
                                .build()));
        return date;
    }

    @Override
    public Optional<Instant> retainedUntil(String name) throws StorageException {
        ObjectName.checked(name);
        VfsWork work = new VfsWork("look at the lock of " + name, connection.location(), 0);
        return connection
                .calls()
                .call(work, progress -> Optional.ofNullable(require(name, work).objectLockRetainUntilDate()));
    }

    private HeadObjectResponse require(String name, VfsWork work) throws StorageException.Missing {
        return bucket.head(name)
                .orElseThrow(() -> new StorageException.Missing(work.failed() + "there is no such object"));
    }
}
