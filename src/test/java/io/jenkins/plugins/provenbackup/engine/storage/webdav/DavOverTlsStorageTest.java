package io.jenkins.plugins.provenbackup.engine.storage.webdav;

/** The same over TLS. */
class DavOverTlsStorageTest extends DavStorageTest {

    @Override
    String scheme() {
        return "webdavs";
    }
}
