package io.jenkins.plugins.provenbackup.engine.storage.remote;

import java.util.Collection;
import org.apache.commons.vfs2.Capability;
import org.apache.commons.vfs2.FileObject;
import org.apache.commons.vfs2.FileSystemOptions;
import org.apache.commons.vfs2.provider.AbstractFileName;
import org.apache.commons.vfs2.provider.AbstractFileSystem;
import org.apache.commons.vfs2.provider.GenericFileName;

/** The VFS file system of one session. */
final class RemoteFiles extends AbstractFileSystem {

    private final RemoteCalls calls;

    RemoteFiles(GenericFileName root, RemoteCalls calls, FileSystemOptions options) {
        super(root, null, options);
        this.calls = calls;
    }

    @Override
    protected FileObject createFile(AbstractFileName name) throws Exception {
        return new RemoteFile(name, this, calls);
    }

    @Override
    protected void addCapabilities(Collection<Capability> capabilities) {
        capabilities.addAll(RemoteProvider.CAPABILITIES);
    }
}
