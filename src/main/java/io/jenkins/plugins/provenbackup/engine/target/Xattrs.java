package io.jenkins.plugins.provenbackup.engine.target;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Metadata.Xattr;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** User extended attributes of files and directories; symbolic links cannot have any. Thread-safe. */
final class Xattrs {

    /** The JDK spells attribute names in this charset, whatever their bytes are. */
    private static final Charset NAMES = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private final Abilities abilities;
    private final LimitationListener limits;

    Xattrs(Abilities abilities, LimitationListener limits) {
        this.abilities = abilities;
        this.limits = limits;
    }

    /** Whether an entry that was here before has other attributes than the node. */
    boolean differ(Path path, Node node) throws IOException {
        return abilities.xattrs()
                && node.type() != EntryType.SYMLINK
                && !read(view(path)).equals(spelt(node).orElseGet(TreeMap::new));
    }

    void apply(Path path, Node node, Fresh now) throws IOException {
        if (node.type() == EntryType.SYMLINK
                || now.created() && node.metadata().xattrs().isEmpty()) {
            return;
        }
        if (!abilities.xattrs()) {
            if (!node.metadata().xattrs().isEmpty()) {
                limits.limited(node.path(), Limitation.XATTRS_NOT_SUPPORTED);
            }
            return;
        }
        Optional<Map<String, ByteString>> wanted = spelt(node);
        if (wanted.isEmpty() || !write(view(path), wanted.get(), now)) {
            limits.limited(node.path(), Limitation.XATTR_REFUSED);
        }
    }

    private static boolean write(UserDefinedFileAttributeView view, Map<String, ByteString> wanted, Fresh now)
            throws IOException {
        Map<String, ByteString> present = now.created() ? new HashMap<>() : read(view);
        boolean complete = true;
        for (String name : present.keySet()) {
            if (!wanted.containsKey(name)) {
                view.delete(name);
            }
        }
        for (Map.Entry<String, ByteString> one : wanted.entrySet()) {
            if (!one.getValue().equals(present.get(one.getKey()))) {
                complete &= write(view, one.getKey(), one.getValue());
            }
        }
        return complete;
    }

    private static boolean write(UserDefinedFileAttributeView view, String name, ByteString value) {
        try {
            view.write(name, ByteBuffer.wrap(value.toByteArray()));
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static Map<String, ByteString> read(UserDefinedFileAttributeView view) throws IOException {
        Map<String, ByteString> found = new TreeMap<>();
        for (String name : view.list()) {
            ByteBuffer value = ByteBuffer.allocate(view.size(name));
            view.read(name, value);
            found.put(name, ByteString.of(value.array()));
        }
        return found;
    }

    private static UserDefinedFileAttributeView view(Path path) {
        return Files.getFileAttributeView(path, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** The node's attributes with names as text; empty when the locale cannot spell one. */
    private static Optional<Map<String, ByteString>> spelt(Node node) {
        Map<String, ByteString> spelt = new TreeMap<>();
        for (Xattr one : node.metadata().xattrs()) {
            String name = new String(one.name().toByteArray(), NAMES);
            if (!ByteString.of(name.getBytes(NAMES)).equals(one.name())) {
                return Optional.empty();
            }
            spelt.put(name, one.value());
        }
        return Optional.of(spelt);
    }
}
