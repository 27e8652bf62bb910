package io.jenkins.plugins.provenbackup.engine.storage.website;

import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.http.HttpErrors;
import io.jenkins.plugins.provenbackup.engine.storage.http.HttpLink;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsProtocol;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsSession;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsWork;
import io.jenkins.plugins.provenbackup.engine.storage.webdav.DavListing;
import java.io.IOException;
import java.util.Set;

/**
 * Web servers, to restore from: {@code http} and {@code https}, for reading only. Folders are listed by WebDAV where the
 * server answers that, and by its index pages elsewhere.
 */
public final class WebProtocol implements VfsProtocol {

    private static final String OVER_TLS = "https";

    @Override
    public Set<String> schemes() {
        return Set.of("http", OVER_TLS);
    }

    @Override
    public VfsSession connect(StorageLocation location, StorageOptions options) throws StorageException {
        HttpLink.Security security =
                location.scheme().equals(OVER_TLS) ? HttpLink.Security.TLS : HttpLink.Security.PLAIN;
        HttpLink link = HttpLink.to(location, options, security);
        HttpErrors errors = new HttpErrors(location, link.server());
        try {
            DavListing dav = new DavListing(link);
            WebPages pages = new WebPages(link);
            boolean hasDav = dav.isOffered(location.path());
            if (!hasDav) {
                pages.greet(location.path());
            }
            WebCalls calls =
                    hasDav ? new WebCalls(link, dav::look, dav::list) : new WebCalls(link, pages::look, pages::list);
            return new WebSession(link, calls, errors);
        } catch (IOException e) {
            link.close();
            throw errors.explain(e, new VfsWork("connect", location.toString(), 0));
        }
    }
}
