package io.jenkins.plugins.provenbackup.engine.storage.s3;

import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.remote.RemoteSession;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsWork;
import java.io.FileNotFoundException;
import java.io.IOException;

/** The tree of one bucket. */
final class S3Session extends RemoteSession {

    private final S3Connection connection;
    private final S3Folders folders;
    private final S3Errors errors;
    private volatile boolean aborted;

    S3Session(S3Connection connection, S3Folders folders) {
        super(folders);
        this.connection = connection;
        this.folders = folders;
        errors = new S3Errors(connection.settings());
    }

    @Override
    public boolean isUsable() {
        return !aborted;
    }

    @Override
    public void abort() {
        aborted = true;
        connection.calls().later(folders::abort);
    }

    @Override
    public StorageException explain(IOException failure, VfsWork work) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof FileNotFoundException || t instanceof org.apache.commons.vfs2.FileNotFoundException) {
                return new StorageException.Missing(work.failed() + "there is no such object");
            }
        }
        return errors.explain(failure, work);
    }

    @Override
    public void close() {
        super.close();
        connection.close();
    }
}
