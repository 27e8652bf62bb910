package io.jenkins.plugins.provenbackup.engine.storage.website;

import io.jenkins.plugins.provenbackup.engine.storage.Payload;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.http.HttpErrors;
import io.jenkins.plugins.provenbackup.engine.storage.http.HttpLink;
import io.jenkins.plugins.provenbackup.engine.storage.remote.RemoteSession;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsProgress;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsWork;
import java.io.IOException;
import org.apache.commons.vfs2.FileObject;

/** A log-in to a web site. */
final class WebSession extends RemoteSession {

    private final HttpLink link;
    private final HttpErrors errors;

    WebSession(HttpLink link, WebCalls calls, HttpErrors errors) {
        super(calls);
        this.link = link;
        this.errors = errors;
    }

    @Override
    public boolean isUsable() {
        return link.isUsable();
    }

    @Override
    public void abort() {
        link.abort();
    }

    @Override
    public void write(FileObject file, Payload payload, VfsProgress progress) throws IOException {
        throw WebCalls.readOnly();
    }

    @Override
    public void publish(FileObject temporary, FileObject target) throws IOException {
        throw WebCalls.readOnly();
    }

    @Override
    public StorageException explain(IOException failure, VfsWork work) {
        return errors.explain(failure, work);
    }

    @Override
    public void close() {
        super.close();
        link.close();
    }
}
