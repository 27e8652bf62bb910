package io.jenkins.plugins.provenbackup.engine.storage;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Tries again what may pass: every verb of a tree may be repeated without harm. Thread-safe. */
public final class RetryingTree implements PlainTree {

    private final PlainTree inner;
    private final Retry retry;

    public RetryingTree(PlainTree inner, RetryPolicy policy, Time time, RandomGenerator random) {
        this.inner = inner;
        retry = new Retry(policy, time, random);
    }

    @Override
    public String location() {
        return inner.location();
    }

    @Override
    public Set<PlainAbility> abilities() throws StorageException {
        return retry.until(inner::abilities);
    }

    @Override
    public Duration timeStep() {
        return inner.timeStep();
    }

    @Override
    public List<PlainEntry> list(byte[] folder) throws StorageException {
        return retry.until(() -> inner.list(folder));
    }

    @Override
    public Optional<PlainEntry> look(byte[] path) throws StorageException {
        return retry.until(() -> inner.look(path));
    }

    @Override
    public PlainEntry write(byte[] path, PlainContent content, PlainAttributes attributes) throws StorageException {
        return retry.until(() -> inner.write(path, content, attributes));
    }

    @Override
    public InputStream open(byte[] path) throws StorageException {
        return retry.until(() -> inner.open(path));
    }

    @Override
    public void createFolder(byte[] path) throws StorageException {
        run(() -> inner.createFolder(path));
    }

    @Override
    public void symlink(byte[] path, byte[] target) throws StorageException {
        run(() -> inner.symlink(path, target));
    }

    @Override
    public byte[] readLink(byte[] path) throws StorageException {
        return retry.until(() -> inner.readLink(path));
    }

    @Override
    public void adjust(byte[] path, PlainAttributes attributes) throws StorageException {
        run(() -> inner.adjust(path, attributes));
    }

    @Override
    public void delete(byte[] path) throws StorageException {
        run(() -> inner.delete(path));
    }

    @Override
    public void deleteFolder(byte[] path) throws StorageException {
        run(() -> inner.deleteFolder(path));
    }

    @Override
    public void close() {
        inner.close();
    }

    @Override
    public String toString() {
        return "RetryingTree[" + inner + "]";
    }

    private interface Step {
        void run() throws StorageException;
    }

    private void run(Step step) throws StorageException {
        retry.until(() -> {
            step.run();
            return step;
        });
    }
}
