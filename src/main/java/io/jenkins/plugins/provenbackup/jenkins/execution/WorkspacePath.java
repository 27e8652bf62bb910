package io.jenkins.plugins.provenbackup.jenkins.execution;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.source.FileTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.Source;
import java.io.IOException;
import java.util.List;

/** A folder or file of a workspace. */
final class WorkspacePath implements ReadableSource {

    private static final long serialVersionUID = 1L;

    private final WorkspaceRoot workspace;
    private final String path;
    private final LeftOut leftOut;

    WorkspacePath(WorkspaceRoot workspace, String path, LeftOut leftOut) {
        this.workspace = workspace;
        this.path = path;
        this.leftOut = leftOut;
    }

    @Override
    public Source open() throws IOException {
        return new FileTreeSource(List.of(workspace.existing(path)), leftOut.walk(workspace));
    }

    @Override
    public List<ByteString> roots() throws IOException {
        return List.of(ByteString.of(RawNames.bytesOf(workspace.existing(path))));
    }
}
