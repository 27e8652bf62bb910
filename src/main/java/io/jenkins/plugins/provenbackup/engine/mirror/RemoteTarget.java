package io.jenkins.plugins.provenbackup.engine.mirror;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Metadata;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.source.SourceItem;
import io.jenkins.plugins.provenbackup.engine.storage.PlainAbility;
import io.jenkins.plugins.provenbackup.engine.storage.PlainAttributes;
import io.jenkins.plugins.provenbackup.engine.storage.PlainContent;
import io.jenkins.plugins.provenbackup.engine.storage.PlainEntry;
import io.jenkins.plugins.provenbackup.engine.storage.PlainTree;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A mirror at a {@link PlainTree}: as much of each entry as its protocol can keep, and the rest counted. */
final class RemoteTarget implements MirrorTarget {

    private static final int CONNECTIONS = 4;
    private static final Instant LATEST = Instant.ofEpochSecond(0xffff_ffffL);

    private final PlainTree tree;
    private final Set<PlainAbility> abilities;
    private final Map<Loss, Long> losses = new EnumMap<>(Loss.class);

    RemoteTarget(PlainTree tree) throws IOException {
        this.tree = tree;
        this.abilities = tree.abilities();
    }

    @Override
    public String location() {
        return tree.location();
    }

    @Override
    public int threads() {
        return CONNECTIONS;
    }

    @Override
    public boolean replacesAtOnce() {
        return abilities.contains(PlainAbility.REPLACES_AT_ONCE);
    }

    @Override
    public boolean keepsTimes() {
        return abilities.contains(PlainAbility.FILE_TIMES);
    }

    @Override
    public boolean sameTime(Node node, Present there) {
        Duration apart = Duration.between(possible(node.metadata().mtime()), there.mtime())
                .abs();
        return apart.compareTo(tree.timeStep()) < 0;
    }

    @Override
    public Map<ByteString, Present> list(EntryPath directory) throws IOException {
        Map<ByteString, Present> found = new HashMap<>();
        try {
            for (PlainEntry entry : tree.list(directory.toByteArray())) {
                found.put(ByteString.of(entry.name()), present(entry));
            }
        } catch (StorageException.Missing notThere) {
            return found;
        }
        return found;
    }

    @Override
    public Optional<Present> hidden(EntryPath path) throws IOException {
        return tree.look(path.toByteArray()).map(RemoteTarget::present);
    }

    @Override
    public void directory(Node node, Optional<Present> there) throws IOException {
        if (there.filter(one -> one.is(Present.Kind.DIRECTORY)).isPresent()) {
            return;
        }
        byte[] path = node.path().toByteArray();
        if (there.isPresent()) {
            tree.delete(path);
        }
        tree.createFolder(path);
    }

    @Override
    public Present write(Node node, PlainContent content) throws IOException {
        count(node);
        if (!node.metadata().xattrs().isEmpty()) {
            lose(Loss.XATTRS);
        }
        if (node.metadata().linkGroup() != 0) {
            lose(Loss.HARD_LINKS);
        }
        return present(tree.write(node.path().toByteArray(), content, attributes(node)));
    }

    @Override
    public Change symlink(Node node, Optional<Present> there) throws IOException {
        if (!abilities.contains(PlainAbility.SYMLINKS)) {
            lose(Loss.SYMLINKS);
            return Change.LEFT_OUT;
        }
        lose(Loss.OWNERS);
        lose(Loss.LINK_TIMES);
        byte[] path = node.path().toByteArray();
        byte[] target = node.linkTarget().toByteArray();
        boolean same =
                there.isPresent() && there.get().is(Present.Kind.SYMLINK) && Arrays.equals(tree.readLink(path), target);
        if (!same) {
            tree.symlink(path, target);
        }
        return same ? Change.NONE : Change.WRITTEN;
    }

    @Override
    public boolean hasHardLinks() {
        return false;
    }

    @Override
    public boolean foldsCase(String existing) throws IOException {
        return tree.look(existing.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII))
                .isPresent();
    }

    @Override
    public Optional<Change> link(Node node, EntryPath first) {
        return Optional.empty();
    }

    @Override
    public Adjusted adjust(SourceItem item, Present there) throws IOException {
        Node node = item.node();
        count(node);
        boolean time = !keepsTimes() || sameTime(node, there);
        if (time && sameMode(node, there)) {
            return new Adjusted(Change.NONE, there.mtime());
        }
        byte[] path = node.path().toByteArray();
        tree.adjust(path, attributes(node));
        Instant now = tree.look(path).map(PlainEntry::modified).orElse(there.mtime());
        return new Adjusted(Change.ADJUSTED, now);
    }

    @Override
    public void finish(Node directory, Optional<Present> there) throws IOException {
        count(directory);
        boolean times = abilities.contains(PlainAbility.FOLDER_TIMES);
        boolean same =
                there.isPresent() && (!times || sameTime(directory, there.get())) && sameMode(directory, there.get());
        if (!same && (times || abilities.contains(PlainAbility.MODES))) {
            tree.adjust(directory.path().toByteArray(), attributes(directory));
        }
    }

    @Override
    public void delete(EntryPath path, Present.Kind kind) throws IOException {
        if (kind == Present.Kind.DIRECTORY) {
            tree.deleteFolder(path.toByteArray());
        } else {
            tree.delete(path.toByteArray());
        }
    }

    @Override
    public InputStream open(EntryPath path) throws IOException {
        return tree.open(path.toByteArray());
    }

    @Override
    public Present mark(String name, byte[] content) throws IOException {
        return present(tree.write(
                name.getBytes(StandardCharsets.US_ASCII),
                () -> new ByteArrayInputStream(content),
                PlainAttributes.NONE));
    }

    @Override
    public synchronized Map<String, Long> losses() {
        Map<String, Long> described = new LinkedHashMap<>();
        losses.forEach((loss, count) -> described.put(loss.description(), count));
        return described;
    }

    @Override
    public void close() {
        tree.close();
    }

    private boolean sameMode(Node node, Present there) {
        return !abilities.contains(PlainAbility.MODES)
                || there.mode().isEmpty()
                || there.mode().getAsInt() == node.metadata().mode();
    }

    private PlainAttributes attributes(Node node) {
        Metadata metadata = node.metadata();
        return new PlainAttributes(Optional.of(possible(metadata.mtime())), OptionalInt.of(metadata.mode()));
    }

    private static Instant possible(Instant wanted) {
        if (wanted.isBefore(Instant.EPOCH)) {
            return Instant.EPOCH;
        }
        return wanted.isAfter(LATEST) ? LATEST : wanted;
    }

    private void count(Node node) {
        boolean isFile = node.type() == EntryType.FILE;
        boolean times = abilities.contains(isFile ? PlainAbility.FILE_TIMES : PlainAbility.FOLDER_TIMES);
        Instant mtime = node.metadata().mtime();
        lose(Loss.OWNERS);
        if (!abilities.contains(PlainAbility.MODES)) {
            lose(Loss.MODES);
        }
        if (!times) {
            lose(isFile ? Loss.FILE_TIMES : Loss.FOLDER_TIMES);
        } else if (!possible(mtime).equals(mtime)) {
            lose(Loss.TIME_RANGE);
        } else if (mtime.getNano() != 0) {
            lose(Loss.TIME_FRACTIONS);
        }
    }

    private synchronized void lose(Loss loss) {
        losses.merge(loss, 1L, Long::sum);
    }

    private static Present present(PlainEntry entry) {
        Present.Kind kind = switch (entry.kind()) {
            case FILE -> Present.Kind.FILE;
            case FOLDER -> Present.Kind.DIRECTORY;
            case SYMLINK -> Present.Kind.SYMLINK;
            case OTHER -> Present.Kind.OTHER;
        };
        return new Present(kind, entry.size(), entry.modified(), entry.mode(), 1);
    }
}
