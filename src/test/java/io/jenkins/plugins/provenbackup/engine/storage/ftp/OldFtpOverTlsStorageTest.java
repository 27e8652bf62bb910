package io.jenkins.plugins.provenbackup.engine.storage.ftp;

/** The same with explicit TLS, where each data connection has to resume the session of the control connection. */
class OldFtpOverTlsStorageTest extends OldFtpStorageTest {

    @Override
    String scheme() {
        return "ftps";
    }
}
