package io.jenkins.plugins.provenbackup.engine.replicate;

import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.OpenStorages;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.NewRepository;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import java.io.IOException;
import java.util.Optional;

/**
 * The place that something is copied to.
 *
 * @param location without credentials
 * @param replica the repository there; empty only in a dry run, where nothing is made
 * @param state whether it was there before
 */
public record Target(String location, Optional<Replica> replica, State state) implements AutoCloseable {

    /** Whether a repository is there. */
    public enum State {
        EXISTING,
        /** Made just now: the same repository, with the same keys, and empty. */
        CREATED,
        /** There is none, and this is a dry run. */
        ABSENT
    }

    /** A destination that is open already. */
    public static Target of(Replica replica) {
        return new Target(replica.location(), Optional.of(replica), State.EXISTING);
    }

    /**
     * Opens a place; where there is no repository, it becomes one like another. The caller closes it.
     *
     * @throws RefusedException when another repository is there
     * @throws IOException when it cannot be used
     */
    public static Target open(StorageLocation location, OpenRequest request, Replica like, ReplicateRequest.Mode mode)
            throws IOException {
        boolean isDryRun = mode == ReplicateRequest.Mode.DRY_RUN;
        Storage storage;
        try {
            storage = OpenStorages.open(location, request.withMode(isDryRun ? OpenMode.EXISTING : OpenMode.CREATE));
        } catch (StorageException.Missing e) {
            if (isDryRun) {
                return new Target(location.toString(), Optional.empty(), State.ABSENT);
            }
            throw e;
        }
        boolean complete = false;
        try {
            Target target = open(storage, like, isDryRun);
            complete = target.replica().isPresent();
            return target;
        } finally {
            if (!complete) {
                storage.close();
            }
        }
    }

    private static Target open(Storage storage, Replica like, boolean isDryRun) throws IOException {
        if (storage.size(Layout.REPOSITORY).isEmpty()) {
            if (isDryRun) {
                NewRepository.requireFree(storage);
                return new Target(storage.location(), Optional.empty(), State.ABSENT);
            }
            return new Target(storage.location(), Optional.of(NewRepository.createLike(like, storage)), State.CREATED);
        }
        Replica replica = Replica.open(storage);
        requireSame(replica, like);
        return of(replica);
    }

    private static void requireSame(Replica replica, Replica like) throws RefusedException {
        if (!replica.id().equals(like.id())) {
            throw new RefusedException(replica.location() + " holds another repository ("
                    + replica.id().hex().substring(0, 8) + ") than " + like.location() + " ("
                    + like.id().hex().substring(0, 8)
                    + "). 'replicate' makes exact copies of one repository, with its keys;"
                    + " 'copy' brings snapshots into a repository with other keys. Nothing was changed.");
        }
        if (!replica.describesLike(like)) {
            throw new RefusedException(replica.location() + " and " + like.location()
                    + " describe the same repository differently, so one of them is damaged or was changed. 'verify' with"
                    + " both finds out which one. Nothing was changed.");
        }
    }

    @Override
    public void close() {
        replica.ifPresent(Replica::close);
    }
}
