package io.jenkins.plugins.provenbackup.engine.storage.s3;

import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectName;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.Versions;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsWork;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/** The history of a versioned bucket; in one without versions nothing is ever changed. Safe for several threads. */
final class S3Versions implements Versions {

    private static final int BUFFER = 1 << 16;

    private final S3Connection connection;
    private final S3Bucket bucket;
    private final S3Lock lock;

    S3Versions(S3Connection connection, S3Bucket bucket, S3Lock lock) {
        this.connection = connection;
        this.bucket = bucket;
        this.lock = lock;
    }

    @Override
    public List<Changed> changed(String folder) throws StorageException {
        String start = ObjectName.checkedFolder(folder);
        VfsWork work = new VfsWork(
                "list the versions of " + (folder.isEmpty() ? "the objects" : folder), connection.location(), 0);
        return connection.calls().call(work, progress -> {
            Map<String, Integer> versions = new LinkedHashMap<>();
            Set<String> deleted = new HashSet<>();
            history(start.isEmpty() ? "" : start + "/", progress, page -> {
                page.versions().forEach(one -> versions.merge(one.key(), 1, Integer::sum));
                page.markers().stream()
                        .filter(DeleteMarkerEntry::isLatest)
                        .forEach(marker -> deleted.add(marker.key()));
            });
            List<Changed> changed = new ArrayList<>();
            versions.forEach((key, count) -> {
                String name = bucket.name(key);
                if ((count > 1 || deleted.contains(key)) && ObjectName.isValid(name)) {
                    changed.add(new Changed(name, count, deleted.contains(key)));
                }
            });
            return changed;
        });
    }

    @Override
    public boolean select(String name, ObjectHash content) throws StorageException {
        ObjectName.checked(name);
        VfsWork work = new VfsWork("look for an intact version of " + name, connection.location(), 0);
        return connection.calls().call(work, progress -> {
            Optional<ObjectVersion> found = find(name, content, progress);
            found.ifPresent(version -> bucket.select(name, version.versionId()));
            return found.isPresent();
        });
    }

    @Override
    public boolean restore(String name, ObjectHash content) throws StorageException {
        ObjectName.checked(name);
        VfsWork work = new VfsWork("restore an intact version of " + name, connection.location(), 0);
        return connection.calls().call(work, progress -> {
            Optional<ObjectVersion> found = find(name, content, progress);
            if (found.isPresent() && !Boolean.TRUE.equals(found.get().isLatest())) {
                bucket.client()
                        .copyObject(request -> request.sourceBucket(bucket.bucket())
                                .sourceKey(bucket.key(name))
                                .sourceVersionId(found.get().versionId())
                                .destinationBucket(bucket.bucket())
                                .destinationKey(bucket.key(name))
                                .objectLockMode(lock.modeOfNew())
                                .objectLockRetainUntilDate(lock.untilOfNew()));
            }
            if (found.isPresent()) {
                bucket.selectNewest(name);
            }
            return found.isPresent();
        });
    }

    private Optional<ObjectVersion> find(String name, ObjectHash content, S3Progress progress) throws IOException {
        List<ObjectVersion> versions = new ArrayList<>();
        history(
                name,
                progress,
                page -> page.versions().stream()
                        .filter(one -> one.key().equals(bucket.key(name)))
                        .forEach(versions::add));
        for (ObjectVersion version : versions) {
            try (InputStream in = new MovingInputStream(bucket.getVersion(name, version.versionId()), progress)) {
                if (content.equals(hash(in))) {
                    return Optional.of(version);
                }
            }
        }
        return Optional.empty();
    }

    /** A server that does not know the question keeps no versions. */
    private void history(String start, S3Progress progress, Consumer<S3Bucket.History> each) {
        try {
            bucket.history(start, progress, each);
        } catch (SdkException e) {
            if (!S3Errors.isUnknownRequest(e)) {
                throw e;
            }
        }
    }

    private static ObjectHash hash(InputStream in) throws IOException {
        MessageDigest digest = ObjectHash.newDigest();
        byte[] buffer = new byte[BUFFER];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
        }
        return ObjectHash.of(digest.digest());
    }
}
