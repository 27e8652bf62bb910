package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import io.jenkins.plugins.provenbackup.engine.NamedThreads;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The restores of this Jenkins since it started, as far as people look at them; one at a time. Thread-safe. */
final class RestoreWorks {

    private static final int KEPT = 100;

    private final SecureRandom random = new SecureRandom();
    // One after the other: two of the same job at once would get into each other's way.
    private final ExecutorService thread = Executors.newSingleThreadExecutor(new NamedThreads("restore"));
    private final Map<String, RestoreWork> works = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RestoreWork> eldest) {
            return size() > KEPT && !eldest.getValue().isRunning();
        }
    };

    /** Begins a restore as the one that the calling thread acts for. */
    RestoreWork begin(RestoreWish wish) {
        byte[] bytes = new byte[8];
        random.nextBytes(bytes);
        RestoreWork work = new RestoreWork(HexFormat.of().formatHex(bytes), wish, RestoreRecords.ofController());
        synchronized (works) {
            works.put(work.getId(), work);
        }
        thread.execute(work::run);
        return work;
    }

    Optional<RestoreWork> find(String id) {
        synchronized (works) {
            return Optional.ofNullable(works.get(id));
        }
    }
}
