package io.jenkins.plugins.provenbackup.jenkins.start;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Secrets that a person may see once. Kept in memory only, wiped when they were shown. Thread-safe. */
public final class OneTime {

    private byte[] sheet;
    private char[] passphrase;

    /**
     * Takes both over.
     *
     * @param sheet of the recovery form, as text
     * @param passphrase when it was made up here; empty otherwise
     */
    OneTime(byte[] sheet, char[] passphrase) {
        this.sheet = sheet;
        this.passphrase = passphrase;
    }

    /** What is shown. */
    public record Shown(String sheet, String passphrase) {

        public String getSheet() {
            return sheet;
        }

        public String getPassphrase() {
            return passphrase;
        }

        @Override
        public String toString() {
            return "shown secrets";
        }
    }

    /** The secrets, the first time; nothing afterwards. */
    synchronized Optional<Shown> take() {
        if (sheet == null) {
            return Optional.empty();
        }
        Shown shown = new Shown(new String(sheet, StandardCharsets.UTF_8), new String(passphrase));
        wipe();
        return Optional.of(shown);
    }

    /** Whether there is still something to show. */
    public synchronized boolean isWaiting() {
        return sheet != null;
    }

    synchronized void wipe() {
        if (sheet != null) {
            Arrays.fill(sheet, (byte) 0);
            Arrays.fill(passphrase, '\0');
        }
        sheet = null;
        passphrase = null;
    }

    @Override
    public String toString() {
        return "secrets to be shown once";
    }
}
