package io.jenkins.plugins.provenbackup.engine.storage.ftp;

import io.jenkins.plugins.provenbackup.engine.storage.Causes;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.tls.TlsErrors;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsWork;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.commons.net.ftp.FTPReply;
import org.apache.commons.vfs2.FileNotFoundException;

/** Turns what an FTP server said, or failed to say, into errors that tell the user what to do. */
final class FtpErrors {

    private static final int QUOTA_EXCEEDED = 552;

    private final StorageLocation location;
    private final String server;

    FtpErrors(StorageLocation location, int port) {
        this.location = location;
        server = location.host() + " port " + port;
    }

    StorageException explain(IOException failure, VfsWork work) {
        Optional<StorageException> known = Causes.find(failure, StorageException.class);
        if (known.isPresent()) {
            return known.get();
        }
        Optional<FtpReplyException> reply = Causes.find(failure, FtpReplyException.class);
        if (reply.isPresent()) {
            return explain(reply.get(), work);
        }
        if (Causes.find(failure, FileNotFoundException.class).isPresent()) {
            return missing(work);
        }
        Optional<StorageException> tls = TlsErrors.explain(failure, server);
        if (tls.isPresent()) {
            return refusesTls(failure) ? noTls(failure) : tls.get();
        }
        if (Causes.find(failure, UnknownHostException.class).isPresent()) {
            return new StorageException.Transient(
                    "Cannot find the host " + location.host() + ". Check its name and the name server.", failure);
        }
        if (Causes.find(failure, ConnectException.class).isPresent()) {
            return new StorageException.Transient(
                    "Cannot connect to " + server + " (" + Causes.reason(failure)
                            + "). Check that the server runs and that no firewall is in between, neither for this port"
                            + " nor for the server's passive ports.",
                    failure);
        }
        return new StorageException.Transient(
                work.failed() + "the connection was lost (" + Causes.reason(failure)
                        + "). Check the server and the network.",
                failure);
    }

    private StorageException explain(FtpReplyException reply, VfsWork work) {
        String what = work.failed() + reply.getMessage();
        String words = reply.reply().toLowerCase(Locale.ROOT);
        int code = reply.code();
        // 451 with these words is all that vsftpd says of a full disk.
        if (code == QUOTA_EXCEEDED
                || code == FTPReply.INSUFFICIENT_STORAGE
                || words.contains("failure writing to local file")
                || words.contains("no space")
                || words.contains("quota")) {
            return new StorageException.Full(
                    what
                            + ". The server's disk or the account's quota is full: make room there, or forget snapshots and"
                            + " prune.",
                    reply);
        }
        if (code == FTPReply.NOT_LOGGED_IN) {
            return new StorageException.AccessDenied(what + ". Check the user name and the password.", reply);
        }
        if (words.contains("session reuse")) {
            return new StorageException.Transient(what + ". A new connection may help.", reply);
        }
        if (FTPReply.isNegativeTransient(code)) {
            return new StorageException.Transient(what + ". The server may be busy.", reply);
        }
        if (words.contains("no such") || words.contains("not found") || words.contains("not exist")) {
            return missing(work);
        }
        if (code == FTPReply.FILE_UNAVAILABLE
                || code == FTPReply.FILE_NAME_NOT_ALLOWED
                || words.contains("denied")
                || words.contains("permission")) {
            return new StorageException.AccessDenied(
                    what
                            + ". Check what the server lets this user do in this folder; a backup must write, make folders and"
                            + " rename.",
                    reply);
        }
        String hint = work.needed() > 0 ? "a quota or a full disk are common reasons, and the" : "the";
        return new StorageException(what + "; " + hint + " server's log may tell more.", reply);
    }

    private static boolean refusesTls(IOException failure) {
        return Causes.find(failure, SSLException.class)
                .filter(refusal -> String.valueOf(refusal.getMessage()).matches("(?s)[45]\\d\\d .*"))
                .isPresent();
    }

    // Commons Net puts the server's reply to AUTH, PBSZ or PROT into an SSLException.
    private StorageException noTls(IOException failure) {
        return new StorageException(
                "The FTP server at " + server + " does not offer this TLS ("
                        + Causes.reason(failure).strip()
                        + "). Use ftps:// for explicit TLS, ftpsi:// for implicit TLS, or ftp:// without any, which shows the"
                        + " password to the network.",
                failure);
    }

    private static StorageException missing(VfsWork work) {
        return new StorageException.Missing(work.failed() + "there is no such object, or its folder is gone");
    }
}
