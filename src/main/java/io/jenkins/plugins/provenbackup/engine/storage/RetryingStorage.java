package io.jenkins.plugins.provenbackup.engine.storage;

import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * Tries again what may pass, with exponential backoff and jitter (a wait between half and all of the current delay, so that
 * writers who failed together do not return together). A put whose outcome is unknown is safe to repeat: it finds
 * its own object already there. An interrupt ends a wait. Safe for several threads.
 */
public final class RetryingStorage implements Storage {

    private final Storage inner;
    private final Retry retry;

    public RetryingStorage(Storage inner, RetryPolicy policy, Time time, RandomGenerator random) {
        this.inner = inner;
        retry = new Retry(policy, time, random);
    }

    @Override
    public String location() {
        return inner.location();
    }

    @Override
    public PutOutcome put(String name, Payload payload) throws StorageException {
        return retry.until(() -> inner.put(name, payload));
    }

    @Override
    public void replace(String name, Payload payload) throws StorageException {
        retry.until(() -> {
            inner.replace(name, payload);
            return name;
        });
    }

    /** The stream goes on where it was when a read fails for a reason that may pass. */
    @Override
    public InputStream open(String name) throws StorageException {
        return new ResumingInputStream(retry.until(() -> inner.open(name)), this, name);
    }

    @Override
    public byte[] read(String name, long offset, int length) throws StorageException {
        return retry.until(() -> inner.read(name, offset, length));
    }

    @Override
    public void read(String name, long offset, int length, byte[] target) throws StorageException {
        retry.until(() -> {
            inner.read(name, offset, length, target);
            return name;
        });
    }

    @Override
    public OptionalLong size(String name) throws StorageException {
        return retry.until(() -> inner.size(name));
    }

    @Override
    public List<StoredObject> list(String folder) throws StorageException {
        return retry.until(() -> inner.list(folder));
    }

    @Override
    public void delete(String name) throws StorageException {
        retry.until(() -> {
            inner.delete(name);
            return name;
        });
    }

    @Override
    public List<StoredObject> leftovers() throws StorageException {
        return retry.until(inner::leftovers);
    }

    @Override
    public Optional<Retention> retention() {
        return inner.retention().map(RetryingRetention::new);
    }

    @Override
    public Optional<Versions> versions() {
        return inner.versions().map(RetryingVersions::new);
    }

    @Override
    public void close() {
        inner.close();
    }

    @Override
    public String toString() {
        return "RetryingStorage[" + inner + "]";
    }

    private final class RetryingRetention implements Retention {
        private final Retention retention;

        RetryingRetention(Retention retention) {
            this.retention = retention;
        }

        @Override
        public Optional<Duration> period() {
            return retention.period();
        }

        @Override
        public Instant retainUntil(String name, Instant until) throws StorageException {
            return retry.until(() -> retention.retainUntil(name, until));
        }

        @Override
        public Optional<Instant> retainedUntil(String name) throws StorageException {
            return retry.until(() -> retention.retainedUntil(name));
        }
    }

    private final class RetryingVersions implements Versions {
        private final Versions versions;

        RetryingVersions(Versions versions) {
            this.versions = versions;
        }

        @Override
        public List<Changed> changed(String folder) throws StorageException {
            return retry.until(() -> versions.changed(folder));
        }

        @Override
        public boolean select(String name, ObjectHash content) throws StorageException {
            return retry.until(() -> versions.select(name, content));
        }

        @Override
        public boolean restore(String name, ObjectHash content) throws StorageException {
            return retry.until(() -> versions.restore(name, content));
        }
    }
}
