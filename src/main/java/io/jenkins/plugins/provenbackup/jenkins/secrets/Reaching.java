package io.jenkins.plugins.provenbackup.jenkins.secrets;

/** How a destination is reached, without its secrets: these are named by the ids of credentials, empty for none. */
public interface Reaching {

    /** A path or a URI, without a password. */
    String getLocation();

    /** Of who may list, read and add, and need not be able to delete: all that agents get. */
    String getCredentialsId();

    /** Of who may delete; empty for the same as above. For the controller alone. */
    String getPruningCredentialsId();

    /** Lines as in an OpenSSH known_hosts file; empty for the file of whoever runs the process. */
    String getKnownHosts();

    /** Certificates in PEM that TLS trusts beside the usual ones; may be empty. */
    String getCertificates();

    /** Seconds that a connection and the log-in may take, 1 and up. */
    int getConnectTimeout();

    /** Seconds that an operation may go on without progress, 1 and up. */
    int getOperationTimeout();
}
