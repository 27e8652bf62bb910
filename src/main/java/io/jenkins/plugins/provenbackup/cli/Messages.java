package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.Reason;

/** Words for exceptions that come from the platform with a bare file name as their message. */
final class Messages {

    private Messages() {}

    static String of(Exception e) {
        return Reason.of(e);
    }
}
