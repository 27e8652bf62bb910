package io.jenkins.plugins.provenbackup.engine.storage.http;

import io.jenkins.plugins.provenbackup.engine.storage.Causes;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.tls.TlsErrors;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsWork;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import org.apache.commons.vfs2.FileNotFoundException;
import org.apache.commons.vfs2.FileSystemException;

/** Turns what a web server said, or failed to say, into errors that tell the user what to do. */
public final class HttpErrors {

    private final StorageLocation location;
    private final String server;

    /** {@code server} is for messages, like {@code nas.example port 443}. */
    public HttpErrors(StorageLocation location, String server) {
        this.location = location;
        this.server = server;
    }

    /** What to throw for a failure. */
    public StorageException explain(Throwable failure, VfsWork work) {
        Optional<StorageException> known = Causes.find(failure, StorageException.class);
        if (known.isPresent()) {
            return known.get();
        }
        Optional<HttpStatusException> answer = Causes.find(failure, HttpStatusException.class);
        if (answer.isPresent()) {
            return explain(answer.get(), work);
        }
        if (Causes.find(failure, FileNotFoundException.class).isPresent()) {
            return missing(work);
        }
        Optional<StorageException> tls = TlsErrors.explain(failure, server);
        if (tls.isPresent()) {
            return tls.get();
        }
        if (Causes.find(failure, UnresolvedAddressException.class).isPresent()
                || Causes.find(failure, UnknownHostException.class).isPresent()) {
            return new StorageException.Transient(
                    "Cannot find the host " + location.host() + ". Check its name and the name server.", failure);
        }
        if (Causes.find(failure, ConnectException.class).isPresent()) {
            return new StorageException.Transient(
                    "Cannot connect to " + server + ". Check that the server runs and that no firewall is in between.",
                    failure);
        }
        if (failure instanceof FileSystemException && failure.getCause() == null) {
            return new StorageException(work.failed() + failure.getMessage(), failure);
        }
        return new StorageException.Transient(
                work.failed() + "the connection was lost (" + Causes.reason(failure)
                        + "). Check the server and the network.",
                failure);
    }

    private StorageException explain(HttpStatusException answer, VfsWork work) {
        String what = work.failed() + answer.getMessage();
        int status = answer.status();
        if (status == HttpStatus.UNAUTHORIZED) {
            return new StorageException.AccessDenied(
                    "Cannot log in to " + location
                            + (location.user().isPresent()
                                    ? ": the server does not accept the user name and the given password."
                                    : ": the server wants a user name and a password. Write " + location.scheme()
                                            + "://user@" + location.host() + "/... and give the password separately."),
                    answer);
        }
        if (status == HttpStatus.FORBIDDEN
                || status == HttpStatus.METHOD_NOT_ALLOWED
                || status == HttpStatus.NOT_IMPLEMENTED) {
            return new StorageException.AccessDenied(
                    what + ". Check what the server lets this user do in this folder.", answer);
        }
        // RFC 4918 says 409 when the folder of a new file is missing.
        if (status == HttpStatus.NOT_FOUND || status == HttpStatus.GONE || status == HttpStatus.CONFLICT) {
            return missing(work);
        }
        if (status == HttpStatus.INSUFFICIENT_STORAGE) {
            return new StorageException.Full(
                    what
                            + ". The server's disk or the account's quota is full: make room there, or forget snapshots and"
                            + " prune.",
                    answer);
        }
        if (status == HttpStatus.CONTENT_TOO_LARGE) {
            return new StorageException(
                    what + ". The server takes no files of " + work.needed()
                            + " bytes: raise its limit (LimitRequestBody, client_max_body_size).",
                    answer);
        }
        if (HttpStatus.isRedirect(status)) {
            return new StorageException(what + ". Use that address, when you trust it.", answer);
        }
        return HttpStatus.mayPass(status)
                ? new StorageException.Transient(what + ". The server's log may tell more.", answer)
                : new StorageException(what + ". The server's log may tell more.", answer);
    }

    private static StorageException missing(VfsWork work) {
        return new StorageException.Missing(work.failed() + "there is no such object, or its folder is gone");
    }
}
