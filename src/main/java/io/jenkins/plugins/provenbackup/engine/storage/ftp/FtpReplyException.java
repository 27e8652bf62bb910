package io.jenkins.plugins.provenbackup.engine.storage.ftp;

import java.io.IOException;

/** A reply that says no. */
final class FtpReplyException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String command;
    private final int code;
    private final String reply;

    FtpReplyException(String command, int code, String reply) {
        super("the server answered " + command + " with \"" + reply.strip() + "\"");
        this.command = command;
        this.code = code;
        this.reply = reply;
    }

    String command() {
        return command;
    }

    /** The number of RFC 959, section 4.2. */
    int code() {
        return code;
    }

    String reply() {
        return reply;
    }
}
