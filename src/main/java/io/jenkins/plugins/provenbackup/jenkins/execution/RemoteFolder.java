package io.jenkins.plugins.provenbackup.jenkins.execution;

import hudson.AbortException;
import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.source.BadPatternException;
import io.jenkins.plugins.provenbackup.engine.source.Excludes;
import io.jenkins.plugins.provenbackup.engine.source.RemoteTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.Source;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.PlainTree;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import io.jenkins.plugins.provenbackup.jenkins.secrets.DestinationAccess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A folder on a server, read from where the backup runs. Carries how to log in, so it is made when it is sent, and wiped. */
final class RemoteFolder implements ReadableSource {

    private static final long serialVersionUID = 1L;

    private final DestinationAccess access;
    private final ArrayList<String> patterns;
    private transient PlainTree tree;
    private transient StorageOptions options;

    RemoteFolder(DestinationAccess access, List<String> patterns) {
        this.access = access;
        this.patterns = new ArrayList<>(patterns);
    }

    @Override
    public Source open() throws IOException {
        Excludes.Builder excludes = Excludes.builder();
        try {
            for (String pattern : patterns) {
                excludes.add(pattern, "excludes");
            }
        } catch (BadPatternException e) {
            throw new AbortException(e.getMessage());
        }
        options = access.options();
        tree = StorageFactory.openTree(access.location(), options, OpenMode.EXISTING);
        return new RemoteTreeSource(tree, excludes.build());
    }

    @Override
    public List<ByteString> roots() throws IOException {
        return List.of(ByteString.utf8(access.location().toString()));
    }

    @Override
    public void close() {
        if (tree != null) {
            tree.close();
        }
        if (options != null) {
            options.credentials().close();
        }
        access.close();
    }
}
