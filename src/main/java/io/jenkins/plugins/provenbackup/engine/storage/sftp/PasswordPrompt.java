package io.jenkins.plugins.provenbackup.engine.storage.sftp;

import com.jcraft.jsch.UIKeyboardInteractive;
import com.jcraft.jsch.UserInfo;
import io.jenkins.plugins.provenbackup.engine.storage.StorageCredentials;
import java.util.Arrays;

/** Answers a server that asks for the password in a dialogue (keyboard-interactive, RFC 4256), once, and nothing else. */
final class PasswordPrompt implements UserInfo, UIKeyboardInteractive {

    private final StorageCredentials credentials;
    private boolean answered;

    PasswordPrompt(StorageCredentials credentials) {
        this.credentials = credentials;
    }

    @Override
    @SuppressWarnings("PMD.ReturnEmptyCollectionRatherThanNull") // null is how JSch is told to give up
    public String[] promptKeyboardInteractive(
            String destination, String name, String instruction, String[] prompts, boolean[] echo) {
        if (prompts.length == 0) {
            return new String[0];
        }
        if (answered || prompts.length != 1 || echo[0]) {
            return null;
        }
        answered = true;
        char[] password = credentials.password().orElseGet(() -> new char[0]);
        String answer = new String(password); // JSch takes nothing else here
        Arrays.fill(password, '\0');
        return new String[] {answer};
    }

    @Override
    public String getPassphrase() {
        return null;
    }

    @Override
    public String getPassword() {
        return null;
    }

    @Override
    public boolean promptPassword(String message) {
        return false;
    }

    @Override
    public boolean promptPassphrase(String message) {
        return false;
    }

    @Override
    public boolean promptYesNo(String message) {
        return false;
    }

    @Override
    public void showMessage(String message) {
        // a server's banner is nobody's business here
    }
}
