package com.cloudbees.plugins.credentials;

import org.kohsuke.stapler.export.ExportedBean;

@ExportedBean
@SuppressWarnings("serial")
public class BaseCredentials implements Credentials {

    protected BaseCredentials() {
        throw new UnsupportedOperationException();
    }
}
