package io.jenkins.plugins.provenbackup.engine.storage.http;

import java.io.IOException;
import java.io.InputStream;

/** What a request sends; it may be opened again when the server asks for another log-in first. */
public interface HttpBody {

    /** In bytes; -1 when nobody knows yet. */
    long size();

    InputStream open() throws IOException;
}
