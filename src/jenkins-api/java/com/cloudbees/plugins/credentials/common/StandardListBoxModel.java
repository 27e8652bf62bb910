package com.cloudbees.plugins.credentials.common;

@SuppressWarnings("serial")
public class StandardListBoxModel extends AbstractIdCredentialsListBoxModel<StandardListBoxModel, StandardCredentials> {

    public StandardListBoxModel() {
        throw new UnsupportedOperationException();
    }
}
