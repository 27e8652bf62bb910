package io.jenkins.plugins.provenbackup.engine.storage.website;

import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.http.HttpLink;
import io.jenkins.plugins.provenbackup.engine.storage.http.HttpRead;
import io.jenkins.plugins.provenbackup.engine.storage.remote.RemoteCalls;
import io.jenkins.plugins.provenbackup.engine.storage.remote.RemoteEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** What can be done with a web site: look and read. */
final class WebCalls implements RemoteCalls {

    /** A way to look at a path. */
    interface Look {
        Optional<RemoteEntry> at(String path) throws IOException;
    }

    /** A way to list a folder. */
    interface Listing {
        List<RemoteEntry> of(String folder) throws IOException;
    }

    private final HttpLink link;
    private final Look look;
    private final Listing listing;

    WebCalls(HttpLink link, Look look, Listing listing) {
        this.link = link;
        this.look = look;
        this.listing = listing;
    }

    static StorageException readOnly() {
        return new StorageException.AccessDenied(
                "A place at http:// or https:// is for reading only: restore from it, and write with webdav:// or"
                        + " webdavs:// where the server offers that.",
                null);
    }

    @Override
    public Optional<RemoteEntry> look(String path) throws IOException {
        return look.at(path);
    }

    @Override
    public List<RemoteEntry> list(String folder) throws IOException {
        return listing.of(folder);
    }

    @Override
    public void createFolder(String path) throws IOException {
        throw readOnly();
    }

    @Override
    public void delete(String path) throws IOException {
        throw readOnly();
    }

    @Override
    public void rename(String from, String to) throws IOException {
        throw readOnly();
    }

    @Override
    public InputStream read(String path, long offset, long length) throws IOException {
        return new HttpRead(link).open(path, offset, length);
    }

    @Override
    public OutputStream write(String path) throws IOException {
        throw readOnly();
    }
}
