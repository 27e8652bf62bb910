package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.HostName;

/**
 * Who runs this where.
 *
 * @param user name
 * @param host name
 */
record Whoami(String user, String host) {

    static Whoami of(Context context) {
        return new Whoami(System.getProperty("user.name", "unknown"), HostName.of(context.surroundings()::variable));
    }

    @Override
    public String toString() {
        return user + "@" + host;
    }
}
