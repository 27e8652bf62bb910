package io.jenkins.plugins.provenbackup.engine.storage.webdav;

import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.http.HttpErrors;
import io.jenkins.plugins.provenbackup.engine.storage.http.HttpLink;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsProtocol;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsSession;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsWork;
import java.io.IOException;
import java.util.Set;

/** WebDAV: {@code webdav} over plain HTTP, {@code webdavs} over TLS. */
public final class DavProtocol implements VfsProtocol {

    private static final String PLAIN = "webdav";
    private static final String OVER_TLS = "webdavs";

    @Override
    public Set<String> schemes() {
        return Set.of(PLAIN, OVER_TLS);
    }

    @Override
    public VfsSession connect(StorageLocation location, StorageOptions options) throws StorageException {
        HttpLink.Security security =
                location.scheme().equals(OVER_TLS) ? HttpLink.Security.TLS : HttpLink.Security.PLAIN;
        HttpLink link = HttpLink.to(location, options, security);
        HttpErrors errors = new HttpErrors(location, link.server());
        try {
            DavCalls calls = new DavCalls(link);
            calls.greet(location.path());
            return new DavSession(link, calls, errors);
        } catch (IOException e) {
            link.close();
            throw errors.explain(e, new VfsWork("connect", location.toString(), 0));
        }
    }
}
