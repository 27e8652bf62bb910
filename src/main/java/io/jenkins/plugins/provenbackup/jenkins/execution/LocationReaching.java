package io.jenkins.plugins.provenbackup.jenkins.execution;

import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.jenkins.secrets.Reaching;

/** A location that a policy's source names, reached with the usual patience. */
final class LocationReaching implements Reaching {

    private final String location;
    private final String credentialsId;

    LocationReaching(String location, String credentialsId) {
        this.location = location;
        this.credentialsId = credentialsId;
    }

    @Override
    public String getLocation() {
        return location;
    }

    @Override
    public String getCredentialsId() {
        return credentialsId;
    }

    @Override
    public String getPruningCredentialsId() {
        return "";
    }

    @Override
    public String getKnownHosts() {
        return "";
    }

    @Override
    public String getCertificates() {
        return "";
    }

    @Override
    public int getConnectTimeout() {
        return Math.toIntExact(StorageOptions.defaults().connectTimeout().toSeconds());
    }

    @Override
    public int getOperationTimeout() {
        return Math.toIntExact(StorageOptions.defaults().operationTimeout().toSeconds());
    }
}
