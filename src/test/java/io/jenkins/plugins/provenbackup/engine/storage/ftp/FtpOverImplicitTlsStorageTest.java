package io.jenkins.plugins.provenbackup.engine.storage.ftp;

/** The same with implicit TLS. */
class FtpOverImplicitTlsStorageTest extends FtpStorageTest {

    @Override
    String scheme() {
        return "ftpsi";
    }
}
