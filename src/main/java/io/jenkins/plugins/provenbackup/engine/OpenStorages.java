package io.jenkins.plugins.provenbackup.engine;

import io.jenkins.plugins.provenbackup.engine.storage.LimitedStorage;
import io.jenkins.plugins.provenbackup.engine.storage.RetryingStorage;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.Time;
import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.random.RandomGenerator;

/** Does the same at several places at once, since each may take its time to answer. */
public final class OpenStorages {

    private OpenStorages() {}

    /** What is done at each place. */
    public interface Step<T> {
        T at(StorageLocation location) throws IOException, InterruptedException;
    }

    /**
     * How one place fared.
     *
     * @param location where
     * @param future ended
     * @param <T> what was asked for
     */
    public record Outcome<T>(StorageLocation location, Future<T> future) {

        /** What came out, or why not. */
        public T get() throws IOException, InterruptedException {
            try {
                return future.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException problem) {
                    throw problem;
                }
                if (e.getCause() instanceof InterruptedException) {
                    throw new InterruptedException();
                }
                throw new IllegalStateException("opening " + location + " failed unexpectedly", e.getCause());
            }
        }
    }

    /** One thread for each place; all have ended when this returns, unless it was interrupted. */
    public static <T> List<Outcome<T>> atEach(List<StorageLocation> locations, Step<T> step)
            throws InterruptedException {
        List<Outcome<T>> outcomes = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (StorageLocation location : locations) {
            FutureTask<T> task = new FutureTask<>(() -> step.at(location));
            outcomes.add(new Outcome<>(location, task));
            if (locations.size() == 1) {
                task.run();
                return outcomes;
            }
            Thread thread = new Thread(task, "opens " + location);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            throw e;
        }
        return outcomes;
    }

    /** A storage that tries again and keeps to the limits; the caller closes it. */
    public static Storage open(StorageLocation location, OpenRequest request) throws StorageException {
        Storage storage = StorageFactory.open(location, request.options(), request.mode());
        if (request.upload().isPresent() || request.download().isPresent()) {
            storage = new LimitedStorage(storage, request.upload(), request.download());
        }
        return new RetryingStorage(storage, request.retry(), Time.system(), RandomGenerator.getDefault());
    }
}
