package io.jenkins.plugins.provenbackup.jenkins.configuration;

import hudson.util.ListBoxModel;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;

/** Fields of a destination, for other forms that ask for one. */
public final class DestinationFields {

    private DestinationFields() {}

    /** Credentials that open destinations, for who may configure; the current one alone for others. */
    public static ListBoxModel credentials(String current) {
        return FieldChecks.logins(current);
    }

    /**
     * Reads where a repository is to be.
     *
     * @throws IllegalArgumentException when none can be there, in words for the user
     */
    public static StorageLocation location(String text) {
        return Locations.checked(text);
    }
}
