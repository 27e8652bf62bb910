package io.jenkins.plugins.provenbackup.engine.target;

import io.jenkins.plugins.provenbackup.engine.attributes.AttributesNotSupportedException;
import io.jenkins.plugins.provenbackup.engine.attributes.ExtendedAttributes;
import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.Metadata.Xattr;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Extended attributes, in two steps: those of users need an entry that can still be written; capabilities vanish when the owner
 * changes, and an ACL holds the mode, so these come last. Thread-safe.
 */
final class Xattrs {

    /** When an attribute can be set. */
    enum Step {
        WHILE_WRITABLE,
        AFTER_MODE;

        static Step of(ByteString name) {
            String text = name.toString();
            return text.startsWith("system.") || text.startsWith("security.") ? AFTER_MODE : WHILE_WRITABLE;
        }
    }

    private final ExtendedAttributes attributes = ExtendedAttributes.ofThisSystem();
    private final Abilities abilities;
    private final LimitationListener limits;

    Xattrs(Abilities abilities, LimitationListener limits) {
        this.abilities = abilities;
        this.limits = limits;
    }

    /** Whether an entry that was here before has other attributes than the node. */
    boolean differ(Path path, Node node) throws IOException {
        if (!abilities.xattrs() && node.metadata().xattrs().isEmpty()) {
            return false;
        }
        Map<ByteString, ByteString> wanted = new TreeMap<>();
        node.metadata().xattrs().forEach(one -> wanted.put(one.name(), one.value()));
        Map<ByteString, ByteString> present = new TreeMap<>();
        for (ByteString name : names(path)) {
            if (wanted.containsKey(name) || isOurs(name)) {
                present.put(name, attributes.value(path, name));
            }
        }
        return !present.equals(wanted);
    }

    /** Gives the entry the node's attributes of one step, and takes away those that it should not have. */
    void apply(Path path, Node node, Fresh now, Step step) throws IOException {
        boolean bare = now.created() && !abilities.inheritsAttributes();
        if (bare && node.metadata().xattrs().isEmpty()) {
            return;
        }
        Set<ByteString> surplus = bare || !abilities.xattrs() ? new HashSet<>() : new HashSet<>(names(path));
        for (Xattr one : node.metadata().xattrs()) {
            if (Step.of(one.name()) == step) {
                if (!surplus.remove(one.name())
                        || !attributes.value(path, one.name()).equals(one.value())) {
                    set(path, node, one);
                }
            }
        }
        node.metadata().xattrs().forEach(one -> surplus.remove(one.name()));
        for (ByteString name : surplus) {
            if (Step.of(name) == step && isOurs(name)) {
                remove(path, node, name);
            }
        }
    }

    private void set(Path path, Node node, Xattr one) {
        try {
            attributes.set(path, one.name(), one.value());
        } catch (AttributesNotSupportedException e) {
            limits.limited(node.path(), Limitation.XATTRS_NOT_SUPPORTED);
        } catch (IOException refused) {
            limits.limited(node.path(), Limitation.XATTR_REFUSED);
        }
    }

    private void remove(Path path, Node node, ByteString name) {
        try {
            attributes.remove(path, name);
        } catch (IOException refused) {
            limits.limited(node.path(), Limitation.XATTR_REFUSED);
        }
    }

    private Set<ByteString> names(Path path) throws IOException {
        try {
            return new HashSet<>(attributes.names(path));
        } catch (AttributesNotSupportedException e) {
            return Set.of();
        }
    }

    /** Whether a restore may remove it: labels that the system itself puts on every file ({@code security.selinux}) stay. */
    private static boolean isOurs(ByteString name) {
        String text = name.toString();
        return text.startsWith(ExtendedAttributes.USER)
                || text.startsWith("system.posix_acl_")
                || text.equals("security.capability");
    }
}
