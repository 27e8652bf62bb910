package io.jenkins.plugins.provenbackup.engine.keys;

import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.OpenDestinations;
import io.jenkins.plugins.provenbackup.engine.OpenStorages;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.archive.ChunkerParameters;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.RepositoryId;
import io.jenkins.plugins.provenbackup.engine.crypto.Slot;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.NewRepository;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.RepositoryConfig;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Creates a repository, with the same keys at several destinations. Where some hold it already and the passphrase opens it,
 * the others become further destinations of it. Nothing is written before all places are known to be reachable and free.
 */
public final class Init {

    private final InitRequest request;
    private final Clock clock;
    private final Map<String, Storage> free = new LinkedHashMap<>();
    private final List<Replica> existing = new ArrayList<>();
    private final List<String> created = new ArrayList<>();

    private Init(InitRequest request, Clock clock) {
        this.request = request;
        this.clock = clock;
    }

    /**
     * Creates it.
     *
     * @throws RefusedException when all places hold it already, or they hold different ones
     * @throws IOException when a place cannot be used; the message tells which ones hold the repository by then
     */
    public static InitResult run(InitRequest request, Clock clock) throws IOException, InterruptedException {
        return new Init(request, clock).run();
    }

    private InitResult run() throws IOException, InterruptedException {
        OpenDestinations.requireDistinct(request.locations());
        try {
            openAll();
            if (free.isEmpty()) {
                throw new RefusedException("There is a repository at "
                        + String.join(
                                " and at ",
                                existing.stream().map(Replica::location).toList())
                        + " already. Use it, or choose another location.");
            }
            RepositoryId id = existing.isEmpty() ? createNew() : createFurther();
            return new InitResult(
                    id, created, existing.stream().map(Replica::location).toList());
        } finally {
            free.values().forEach(Storage::close);
            existing.forEach(Replica::close);
        }
    }

    private void openAll() throws IOException, InterruptedException {
        IOException failure = null;
        for (OpenStorages.Outcome<Storage> outcome :
                OpenStorages.atEach(request.locations(), location -> OpenStorages.open(location, request.open()))) {
            try {
                free.put(outcome.location().toString(), outcome.get());
            } catch (IOException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
        for (Map.Entry<String, Storage> one : List.copyOf(free.entrySet())) {
            if (one.getValue().size(Layout.REPOSITORY).isPresent()) {
                existing.add(Replica.open(one.getValue()));
                free.remove(one.getKey());
            } else {
                NewRepository.requireFree(one.getValue());
            }
        }
    }

    private RepositoryId createNew() throws IOException {
        RepositoryId id = RepositoryId.random();
        Instant now = clock.instant();
        RepositoryConfig config = new RepositoryConfig(id, now, ChunkerParameters.DEFAULT);
        try (RecoveryKey key = RecoveryKey.generate(id)) {
            byte[] slot =
                    Slot.create(key, request.passphrase(), request.label(), now).encode();
            for (Map.Entry<String, Storage> one : free.entrySet()) {
                create(one.getKey(), () -> NewRepository.create(one.getValue(), config, key, List.of(slot)));
            }
        }
        return id;
    }

    private RepositoryId createFurther() throws IOException {
        Destinations destinations = new Destinations(existing, Map.of());
        try (RecoveryKey key = destinations.unlock(request.passphrase())) {
            destinations.verify(key);
            for (Replica other : existing) {
                if (!other.id().equals(destinations.id())) {
                    throw new RefusedException(
                            other.location() + " and " + existing.get(0).location() + " hold different repositories.");
                }
            }
            for (Map.Entry<String, Storage> one : free.entrySet()) {
                create(one.getKey(), () -> NewRepository.createLike(existing.get(0), one.getValue()));
            }
        }
        return destinations.id();
    }

    private interface Creation {
        Replica run() throws IOException;
    }

    private void create(String location, Creation creation) throws IOException {
        try {
            creation.run();
            created.add(location);
        } catch (IOException e) {
            if (created.isEmpty()) {
                throw e;
            }
            throw new IOException(
                    e.getMessage() + " The repository exists at " + String.join(", ", created)
                            + " by now; when this is mended, run init again with all locations and the same passphrase.",
                    e);
        }
    }
}
