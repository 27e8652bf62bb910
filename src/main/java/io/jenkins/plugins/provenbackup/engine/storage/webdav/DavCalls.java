package io.jenkins.plugins.provenbackup.engine.storage.webdav;

import io.jenkins.plugins.provenbackup.engine.storage.http.HttpAnswer;
import io.jenkins.plugins.provenbackup.engine.storage.http.HttpBody;
import io.jenkins.plugins.provenbackup.engine.storage.http.HttpCall;
import io.jenkins.plugins.provenbackup.engine.storage.http.HttpLink;
import io.jenkins.plugins.provenbackup.engine.storage.http.HttpRead;
import io.jenkins.plugins.provenbackup.engine.storage.http.HttpStatus;
import io.jenkins.plugins.provenbackup.engine.storage.remote.RemoteCalls;
import io.jenkins.plugins.provenbackup.engine.storage.remote.RemoteEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import java.util.Optional;

/** The methods of WebDAV (RFC 4918). */
final class DavCalls implements RemoteCalls {

    private final HttpLink link;
    private final DavListing listing;

    DavCalls(HttpLink link) {
        this.link = link;
        listing = new DavListing(link);
    }

    /** Looks at the base, so that log-in and trust are tried before anything else. */
    void greet(String base) throws IOException {
        listing.greet(base);
    }

    @Override
    public Optional<RemoteEntry> look(String path) throws IOException {
        return listing.look(path);
    }

    @Override
    public List<RemoteEntry> list(String folder) throws IOException {
        return listing.list(folder);
    }

    @Override
    public void createFolder(String path) throws IOException {
        link.send(HttpCall.of("MKCOL", path + "/")).requireSuccess().close();
    }

    @Override
    public void delete(String path) throws IOException {
        HttpAnswer answer = link.send(HttpCall.of("DELETE", path));
        if (answer.status() == HttpStatus.NOT_FOUND) {
            answer.close();
            return;
        }
        answer.requireSuccess().close();
    }

    /** With a slash, or the server sends us there. */
    @Override
    public void deleteFolder(String path) throws IOException {
        delete(path + "/");
    }

    @Override
    public void rename(String from, String to) throws IOException {
        HttpAnswer answer = link.send(HttpCall.of("MOVE", from)
                .with("Destination", link.address(to).toString())
                .with("Overwrite", "F"));
        if (answer.status() == HttpStatus.PRECONDITION_FAILED) {
            answer.close();
            throw new FileAlreadyExistsException(to);
        }
        answer.requireSuccess().close();
    }

    @Override
    public InputStream read(String path, long offset, long length) throws IOException {
        return new HttpRead(link).open(path, offset, length);
    }

    /** With its length at the end only; {@link #put} tells it in advance. */
    @Override
    public OutputStream write(String path) throws IOException {
        look(path); // so that the log-in is fresh: what was sent once cannot be sent again
        return DavUpload.start(body -> put(path, body));
    }

    void put(String path, HttpBody body) throws IOException {
        link.send(HttpCall.of("PUT", path)
                        .with("Content-Type", "application/octet-stream")
                        .with(body))
                .requireSuccess()
                .close();
    }
}
