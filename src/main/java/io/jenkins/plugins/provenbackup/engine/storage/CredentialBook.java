package io.jenkins.plugins.provenbackup.engine.storage;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which credentials belong to which place, for those who use several places. Closing it wipes all of them.
 *
 * @param entries in any order
 */
public record CredentialBook(List<Entry> entries) implements AutoCloseable {

    /**
     * Credentials for a place and all that lies below it.
     *
     * @param place a location; without a user it stands for all users
     * @param credentials owned by the book
     */
    public record Entry(StorageLocation place, StorageCredentials credentials) {

        private boolean isFor(StorageLocation location) {
            return place.scheme().equals(location.scheme())
                    && place.host().equalsIgnoreCase(location.host())
                    && place.port().equals(location.port())
                    && (place.user().isEmpty() || place.user().equals(location.user()))
                    && slashed(location.path()).startsWith(slashed(place.path()));
        }

        private static String slashed(String path) {
            return path.endsWith("/") ? path : path + "/";
        }
    }

    public CredentialBook {
        entries = List.copyOf(entries);
    }

    /** No credentials for any place. */
    public static CredentialBook empty() {
        return new CredentialBook(List.of());
    }

    /** The credentials of the closest entry; they still belong to the book. */
    public Optional<StorageCredentials> find(StorageLocation location) {
        return entries.stream()
                .filter(entry -> entry.isFor(location))
                .max(Comparator.comparingInt(
                                (Entry entry) -> entry.place().path().length())
                        .thenComparing(entry -> entry.place().user().isPresent()))
                .map(Entry::credentials);
    }

    @Override
    public void close() {
        entries.forEach(entry -> entry.credentials().close());
    }
}
