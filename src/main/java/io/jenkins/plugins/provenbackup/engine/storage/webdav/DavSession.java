package io.jenkins.plugins.provenbackup.engine.storage.webdav;

import io.jenkins.plugins.provenbackup.engine.storage.Payload;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.http.HttpBody;
import io.jenkins.plugins.provenbackup.engine.storage.http.HttpErrors;
import io.jenkins.plugins.provenbackup.engine.storage.http.HttpLink;
import io.jenkins.plugins.provenbackup.engine.storage.remote.RemoteSession;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.PayloadInputStream;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsProgress;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsWork;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.vfs2.FileObject;

/** A log-in to a WebDAV server. */
final class DavSession extends RemoteSession {

    private final HttpLink link;
    private final DavCalls calls;
    private final HttpErrors errors;

    DavSession(HttpLink link, DavCalls calls, HttpErrors errors) {
        super(calls);
        this.link = link;
        this.calls = calls;
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

    /** With its length in advance, so that the server knows a cut upload from a whole one. */
    @Override
    public void write(FileObject file, Payload payload, VfsProgress progress) throws IOException {
        calls.put(pathOf(file), new HttpBody() {
            @Override
            public long size() {
                return payload.size();
            }

            @Override
            public InputStream open() throws StorageException {
                return PayloadInputStream.open(payload, progress);
            }
        });
    }

    /** The server refuses a name that is taken: {@code Overwrite: F} of RFC 4918, section 10.6. */
    @Override
    public void publish(FileObject temporary, FileObject target) throws IOException {
        calls.rename(pathOf(temporary), pathOf(target));
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
