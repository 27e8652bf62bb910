package io.jenkins.plugins.provenbackup.engine.storage.ftp;

/** FTP with implicit TLS. */
class FtpOverImplicitTlsFailureTest extends FtpOverTlsFailureTest {

    @Override
    String scheme() {
        return "ftpsi";
    }
}
