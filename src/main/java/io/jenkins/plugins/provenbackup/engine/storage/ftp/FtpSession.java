package io.jenkins.plugins.provenbackup.engine.storage.ftp;

import io.jenkins.plugins.provenbackup.engine.storage.Payload;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.remote.RemoteEntry;
import io.jenkins.plugins.provenbackup.engine.storage.remote.RemoteSession;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.PlainVerbs;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsProgress;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsWork;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Optional;
import org.apache.commons.vfs2.FileObject;

/** A log-in to an FTP server. */
final class FtpSession extends RemoteSession {

    private final FtpLink link;
    private final FtpCalls calls;
    private final FtpErrors errors;
    private volatile boolean worn;

    FtpSession(FtpLink link, FtpCalls calls, FtpErrors errors) {
        super(calls);
        this.link = link;
        this.calls = calls;
        this.errors = errors;
    }

    @Override
    public boolean isUsable() {
        return link.isUsable();
    }

    @Override
    public void abort() {
        link.abort();
    }

    /** In stream mode the server takes a cut data connection for the end of the file, so its size is compared. */
    @Override
    public void write(FileObject file, Payload payload, VfsProgress progress) throws IOException {
        super.write(file, payload, progress);
        Optional<RemoteEntry> written = calls.look(pathOf(file));
        if (written.map(RemoteEntry::size)
                .filter(size -> size == payload.size())
                .isEmpty()) {
            throw new EOFException("the data connection was cut: of " + payload.size() + " bytes "
                    + written.map(entry -> Long.toString(entry.size())).orElse("none") + " arrived");
        }
    }

    /** FTP has no rename that leaves an existing file alone for sure; some servers refuse by themselves, many replace. */
    @Override
    public void publish(FileObject temporary, FileObject target) throws IOException {
        String name = pathOf(target);
        if (calls.look(name).isPresent()) {
            throw new FileAlreadyExistsException(name);
        }
        try {
            calls.rename(pathOf(temporary), name);
        } catch (FtpReplyException e) {
            if (calls.look(name).isPresent() && calls.look(pathOf(temporary)).isPresent()) {
                throw new FileAlreadyExistsException(name);
            }
            throw e;
        }
    }

    /** With the data connection a TLS session is lost that the next one would need: such a link is good to clean up only. */
    @Override
    public void transferFailed() {
        worn = true;
    }

    @Override
    public boolean isWorthKeeping() {
        return !worn && isUsable();
    }

    @Override
    public PlainVerbs plainVerbs() {
        return new FtpPlainVerbs(this, link);
    }

    @Override
    public StorageException explain(IOException failure, VfsWork work) {
        return errors.explain(failure, work);
    }

    @Override
    public void close() {
        super.close();
        link.close();
    }
}
