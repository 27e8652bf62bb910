package io.jenkins.plugins.provenbackup.engine.storage.sftp;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchChangedHostKeyException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import io.jenkins.plugins.provenbackup.engine.storage.GivenFile;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import java.net.UnknownHostException;
import java.util.Locale;

/** Says why a log-in failed and what the user can do. */
final class SftpLoginErrors {

    private final StorageLocation location;
    private final int port;
    private final GivenFile knownHosts;

    SftpLoginErrors(StorageLocation location, int port, GivenFile knownHosts) {
        this.location = location;
        this.port = port;
        this.knownHosts = knownHosts;
    }

    StorageException explain(JSchException failure) {
        String words = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (failure instanceof JSchChangedHostKeyException) {
            return new StorageException.AccessDenied(
                    "The host key of " + server() + " differs from the one in " + knownHosts
                            + ": the server was set up anew, or somebody is in between. When you know that it is"
                            + " right, remove the old line" + removal() + " and add the new key: " + scan(),
                    failure);
        }
        if (failure instanceof JSchHostKeyException || words.contains("hostkey")) {
            return new StorageException.AccessDenied(
                    "The host key of " + server() + " is not in " + knownHosts + ". Add it with: " + scan()
                            + " and compare its fingerprint (ssh-keygen -l -f " + file()
                            + ") with what the server's administrator tells you.",
                    failure);
        }
        if (words.startsWith("auth ") || words.contains("too many authentication failures")) {
            return new StorageException.AccessDenied(
                    "Cannot log in to " + location
                            + ": the server accepts neither the given password nor key for this user.",
                    failure);
        }
        if (failure instanceof JSchAlgoNegoFailException) {
            return new StorageException(
                    "Cannot connect to " + server() + ": no common algorithm (" + failure.getMessage()
                            + "). The server's SSH is too old.",
                    failure);
        }
        if (failure.getCause() instanceof UnknownHostException) {
            return new StorageException.Transient(
                    "Cannot find the host " + location.host() + ". Check its name and the name server.", failure);
        }
        return new StorageException.Transient(
                "Cannot connect to " + server() + ": " + failure.getMessage()
                        + ". Check that the server runs and that no firewall is in between.",
                failure);
    }

    private String server() {
        return location.host() + " port " + port;
    }

    private String knownHostsName() {
        return port == 22 ? location.host() : "\"[" + location.host() + "]:" + port + "\"";
    }

    private String removal() {
        return knownHosts.isOnDisk() ? " (ssh-keygen -R " + knownHostsName() + " -f " + knownHosts + ")" : "";
    }

    private String scan() {
        String command = "ssh-keyscan -p " + port + " " + location.host();
        return knownHosts.isOnDisk() ? command + " >> " + knownHosts : command;
    }

    /** For a command that reads it; "-" where the output of the other is to be piped in. */
    private String file() {
        return knownHosts.isOnDisk() ? knownHosts.toString() : "-";
    }
}
