package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import java.util.Optional;
import java.util.OptionalLong;

/** An entry as an earlier walk found it. It is looked at only when its content, or more than the walk knew, is asked for. */
final class RecalledItem implements SourceItem {

    private final Node node;
    private final Look look;

    /** Looks at one path alone. */
    interface Look {
        SourceWalk at(EntryPath path) throws SourceException, InterruptedException;
    }

    RecalledItem(Node node, Look look) {
        this.node = node;
        this.look = look;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of(node.size());
    }

    @Override
    public Node complete() throws UnreadableItemException {
        return now().complete();
    }

    @Override
    public SourceContent open() throws UnreadableItemException, SourceException {
        return now().open();
    }

    @Override
    public Optional<SourceItem> again() throws UnreadableItemException {
        return Optional.of(now());
    }

    private SourceItem now() throws UnreadableItemException {
        try (SourceWalk walk = look.at(node.path())) {
            for (Optional<SourceItem> item = walk.next(); item.isPresent(); item = walk.next()) {
                Node seen = item.get().node();
                if (seen.path().equals(node.path()) && seen.type() == node.type()) {
                    return item.get();
                }
            }
            throw gone(null);
        } catch (SourceException e) {
            throw gone(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw gone(e);
        }
    }

    private UnreadableItemException gone(Exception cause) {
        return new UnreadableItemException(
                new Problem(node.path(), Problem.Kind.VANISHED, "'" + node.path() + "' is gone"), cause);
    }
}
