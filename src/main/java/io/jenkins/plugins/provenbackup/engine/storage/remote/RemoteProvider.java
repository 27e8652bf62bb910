package io.jenkins.plugins.provenbackup.engine.storage.remote;

import java.util.Collection;
import java.util.Set;
import org.apache.commons.vfs2.Capability;
import org.apache.commons.vfs2.FileName;
import org.apache.commons.vfs2.FileSystem;
import org.apache.commons.vfs2.FileSystemOptions;
import org.apache.commons.vfs2.provider.AbstractOriginatingFileProvider;
import org.apache.commons.vfs2.provider.GenericFileName;
import org.apache.commons.vfs2.provider.HostFileNameParser;

/** The VFS provider of one session that is logged in already, so that VFS sees neither host names nor secrets. */
final class RemoteProvider extends AbstractOriginatingFileProvider {

    static final Set<Capability> CAPABILITIES = Set.of(
            Capability.CREATE,
            Capability.DELETE,
            Capability.RENAME,
            Capability.GET_TYPE,
            Capability.LIST_CHILDREN,
            Capability.READ_CONTENT,
            Capability.WRITE_CONTENT,
            Capability.GET_LAST_MODIFIED,
            Capability.RANDOM_ACCESS_READ,
            Capability.URI);

    private final RemoteCalls calls;

    RemoteProvider(RemoteCalls calls) {
        this.calls = calls;
        setFileNameParser(new HostFileNameParser(0));
    }

    @Override
    protected FileSystem doCreateFileSystem(FileName name, FileSystemOptions options) {
        return new RemoteFiles((GenericFileName) name, calls, options);
    }

    @Override
    public Collection<Capability> getCapabilities() {
        return CAPABILITIES;
    }
}
