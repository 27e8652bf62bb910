package io.jenkins.plugins.provenbackup.engine.storage.ftp;

/** The same with explicit TLS. */
class FtpOverExplicitTlsStorageTest extends FtpStorageTest {

    @Override
    String scheme() {
        return "ftps";
    }
}
