package io.jenkins.plugins.provenbackup.engine.storage.sftp;

import com.jcraft.jsch.Logger;

/** Keeps JSch quiet: what matters comes as an exception. */
final class SilentLogger implements Logger {

    @Override
    public boolean isEnabled(int level) {
        return false;
    }

    @Override
    public void log(int level, String message) {
        // never called, since nothing is enabled
    }
}
