package io.jenkins.plugins.provenbackup.engine;

import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Opens the destinations of a repository, all at once. One that cannot be reached, or whose description is damaged, does not
 * stop the others; one that is another repository, or of an unknown format, does.
 */
public final class OpenDestinations {

    private OpenDestinations() {}

    /**
     * Opens them; the caller closes the result.
     *
     * @throws RefusedException when they are not one repository, or one is named twice
     * @throws IOException when none can be reached, or one is of a format that this program does not know
     */
    public static Destinations run(OpenRequest request) throws IOException, InterruptedException {
        return run(request, OpenDestinations::requireSame);
    }

    /**
     * The same for a check: where destinations name several repositories, and the key slots beside the descriptions bear out
     * only one of these, the others count as not reached.
     *
     * @throws RefusedException when they are not one repository all the same
     * @throws IOException as {@link #run(OpenRequest)} does
     */
    public static Destinations runForCheck(OpenRequest request) throws IOException, InterruptedException {
        return run(request, MisnamedDestinations::setAside);
    }

    /** What is done about destinations of several repositories: says which cannot be used, and why. */
    private interface Sameness {
        Map<Replica, String> require(List<Replica> reached) throws IOException;
    }

    private static Destinations run(OpenRequest request, Sameness sameness) throws IOException, InterruptedException {
        requireDistinct(request.locations());
        List<Replica> reached = new ArrayList<>();
        Map<String, String> unreachable = new LinkedHashMap<>();
        boolean complete = false;
        try {
            List<IOException> failures = new ArrayList<>();
            IOException fatal = null;
            for (OpenStorages.Outcome<Replica> outcome :
                    OpenStorages.atEach(request.locations(), location -> open(location, request))) {
                try {
                    reached.add(outcome.get());
                } catch (StorageException | DamagedException e) {
                    failures.add(e);
                    unreachable.put(outcome.location().toString(), e.getMessage());
                } catch (IOException e) {
                    fatal = e;
                }
            }
            if (fatal != null) {
                throw fatal;
            }
            if (reached.isEmpty()) {
                throw none(failures);
            }
            sameness.require(reached).forEach((replica, reason) -> {
                reached.remove(replica);
                unreachable.put(replica.location(), reason);
                replica.close();
            });
            complete = true;
            return new Destinations(reached, unreachable);
        } finally {
            if (!complete) {
                reached.forEach(Replica::close);
            }
        }
    }

    private static Replica open(StorageLocation location, OpenRequest request) throws IOException {
        Storage storage = OpenStorages.open(location, request);
        try {
            return Replica.open(storage);
        } catch (IOException | RuntimeException e) {
            storage.close();
            throw e;
        }
    }

    public static void requireDistinct(List<StorageLocation> locations) throws RefusedException {
        Set<String> seen = new LinkedHashSet<>();
        for (StorageLocation location : locations) {
            String name = location.isLocal()
                    ? java.nio.file.Path.of(location.path())
                            .toAbsolutePath()
                            .normalize()
                            .toString()
                    : location.toString();
            if (!seen.add(name)) {
                throw new RefusedException(
                        location + " is named twice: every destination counts as one copy. Name it once.");
            }
        }
    }

    private static IOException none(List<IOException> failures) {
        if (failures.size() == 1) {
            return failures.get(0);
        }
        IOException none = new IOException("None of the " + failures.size() + " destinations can be used. "
                + failures.stream().map(IOException::getMessage).collect(Collectors.joining(" ")));
        failures.forEach(none::addSuppressed);
        return none;
    }

    static Map<Replica, String> requireSame(List<Replica> replicas) throws RefusedException {
        Replica first = replicas.get(0);
        for (Replica other : replicas) {
            if (!other.id().equals(first.id())) {
                throw new RefusedException(other.location() + " holds repository " + other.id() + ", but "
                        + first.location() + " holds " + first.id()
                        + ". Destinations of one command must be copies of one repository: give one of them only."
                        + " If they were copies until now, 'verify' with both tells what is damaged.");
            }
        }
        return Map.of();
    }
}
