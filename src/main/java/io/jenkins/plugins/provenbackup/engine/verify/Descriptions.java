package io.jenkins.plugins.provenbackup.engine.verify;

import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.OpenStorages;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.BadSignatureException;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.ForeignRepositoryException;
import io.jenkins.plugins.provenbackup.engine.crypto.UnsupportedFormatException;
import io.jenkins.plugins.provenbackup.engine.repository.EpochDocuments;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.NewRepository;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks after destinations that could not be opened, for the one reason that their {@code repository.json} is lost or
 * damaged: without it nobody uses them, so it is mended before anything else is looked at.
 */
public final class Descriptions {

    private final AccessKey key;
    private final VerifyRequest.Repair repair;
    private final List<VerifyResult.Finding> findings = new ArrayList<>();
    private final Map<String, Replica> mended = new LinkedHashMap<>();

    private Descriptions(AccessKey key, VerifyRequest.Repair repair) {
        this.key = key;
        this.repair = repair;
    }

    /**
     * What was found.
     *
     * @param findings one for each description that is lost or damaged
     * @param mended destinations that can be used again, by location; the caller closes them
     */
    public record Result(List<VerifyResult.Finding> findings, Map<String, Replica> mended) {}

    /**
     * Looks at all destinations that were asked for and could not be opened.
     *
     * @param destinations the others, verified
     */
    public static Result run(OpenRequest request, Destinations destinations, AccessKey key, VerifyRequest.Repair repair)
            throws IOException {
        Descriptions descriptions = new Descriptions(key, repair);
        for (StorageLocation location : request.locations()) {
            if (isMissing(location.toString(), destinations)) {
                descriptions.look(location, request, destinations);
            }
        }
        return new Result(descriptions.findings, descriptions.mended);
    }

    private static boolean isMissing(String location, Destinations destinations) {
        return destinations.reached().stream()
                .noneMatch(replica -> replica.location().equals(location));
    }

    private void look(StorageLocation location, OpenRequest request, Destinations destinations) throws IOException {
        Storage storage;
        try {
            storage = OpenStorages.open(location, request);
        } catch (StorageException e) {
            // Out of reach, as was told already.
            return;
        }
        boolean isUsed = false;
        try {
            // A path can be written in several ways.
            Optional<String> problem =
                    isMissing(storage.location(), destinations) ? problem(storage) : Optional.empty();
            if (problem.isPresent()) {
                boolean isAsGiven = destinations.unreachable().containsKey(location.toString());
                isUsed = find(
                        isAsGiven ? location.toString() : storage.location(),
                        storage,
                        problem.get(),
                        destinations.reached().get(0));
            }
        } catch (StorageException e) {
            // Out of reach, as was told already.
            return;
        } finally {
            if (!isUsed) {
                storage.close();
            }
        }
    }

    private Optional<String> problem(Storage storage) throws IOException {
        Replica replica;
        try {
            replica = Replica.open(storage);
        } catch (StorageException.Missing e) {
            return hasParts(storage)
                    ? Optional.of(" is missing, though the rest of a repository is there.")
                    : Optional.empty();
        } catch (DamagedException e) {
            return Optional.of(" is damaged.");
        } catch (UnsupportedFormatException e) {
            return Optional.empty();
        }
        try {
            replica.verify(key);
            return Optional.empty();
        } catch (BadSignatureException e) {
            return Optional.of(" is not what the owner of the keys wrote.");
        } catch (ForeignRepositoryException e) {
            // Never the description of a repository that is really another one.
            return EpochDocuments.isOwned(replica, key)
                    ? Optional.of(" is damaged: it names repository " + replica.id()
                            + ", but the keys beside it are of " + key.repositoryId() + ".")
                    : Optional.empty();
        }
    }

    private static boolean hasParts(Storage storage) throws StorageException {
        for (String folder : List.of(Layout.EPOCHS, Layout.SNAPSHOTS, Layout.CATALOGS)) {
            if (!storage.list(folder).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the storage is in use from now on. */
    private boolean find(String name, Storage storage, String problem, Replica intact) {
        String text = storage.location() + "/" + Layout.REPOSITORY + problem;
        VerifyResult.Mended state = VerifyResult.Mended.NO;
        if (repair == VerifyRequest.Repair.FROM_OTHERS) {
            try {
                mended.put(name, NewRepository.describe(intact, storage));
                state = VerifyResult.Mended.YES;
                text += " An intact copy took its place.";
            } catch (IOException e) {
                text += " It could not be mended: " + e.getMessage();
            }
        } else {
            text += " 'verify --repair' copies it from another destination; until then nothing here can be used.";
        }
        findings.add(new VerifyResult.Finding(
                storage.location(), Layout.REPOSITORY, VerifyResult.Kind.DAMAGED, text, state));
        return state == VerifyResult.Mended.YES;
    }
}
