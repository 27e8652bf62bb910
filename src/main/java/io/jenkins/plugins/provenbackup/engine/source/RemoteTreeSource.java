package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.storage.PlainTree;

/**
 * A folder on a server: names, sizes, times and content, and modes where the server tells them. It gives its entries at the root of the
 * snapshot. The tree belongs to the caller, who closes it after the walk.
 */
public final class RemoteTreeSource implements Source {

    private final PlainTree tree;
    private final Excludes excludes;

    /** Nothing is read yet. */
    public RemoteTreeSource(PlainTree tree, Excludes excludes) {
        this.tree = tree;
        this.excludes = excludes;
    }

    @Override
    public Passes passes() {
        return Passes.ANY_NUMBER;
    }

    @Override
    public SourceWalk walk(SourceProblems problems) throws SourceException {
        return new RemoteTreeWalk(tree, excludes, problems);
    }
}
