package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Metadata;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.catalog.PrintableName;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Entries of a snapshot for people and for programs. */
final class EntryText {

    private static final String BITS = "rwxrwxrwx";

    private EntryText() {}

    /** Its path; the root is a dot, a directory ends in a slash. */
    static String name(Entry entry) {
        String path = entry.path().isRoot() ? "." : entry.path().toString();
        return entry.node().type() == EntryType.DIRECTORY ? path + "/" : path;
    }

    /** Like {@code ls -l}. */
    static String line(Entry entry) {
        Node node = entry.node();
        Metadata metadata = node.metadata();
        return String.format(
                Locale.ROOT,
                "%s %-8s %-8s %12d %s %s%s",
                mode(node),
                owner(metadata.user(), metadata.uid()),
                owner(metadata.group(), metadata.gid()),
                node.size(),
                Figures.time(metadata.mtime()),
                name(entry),
                node.type() == EntryType.SYMLINK
                        ? " -> " + PrintableName.of(node.linkTarget().toByteArray())
                        : "");
    }

    static Map<String, Object> json(Entry entry) {
        Node node = entry.node();
        Metadata metadata = node.metadata();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", entry.path().toString());
        json.put("type", node.type().name().toLowerCase(Locale.ROOT));
        json.put("size", node.size());
        json.put("mode", String.format(Locale.ROOT, "%04o", metadata.mode()));
        json.put("uid", metadata.uid());
        json.put("gid", metadata.gid());
        json.put("user", metadata.user());
        json.put("group", metadata.group());
        json.put("mtime", metadata.mtime().toString());
        if (node.type() == EntryType.SYMLINK) {
            json.put("target", PrintableName.of(node.linkTarget().toByteArray()));
        }
        if (metadata.linkGroup() != 0) {
            json.put("linkGroup", metadata.linkGroup());
        }
        return json;
    }

    private static String owner(String name, long id) {
        return name.isEmpty() ? String.valueOf(id) : Plain.text(name);
    }

    private static String mode(Node node) {
        int mode = node.metadata().mode();
        StringBuilder text = new StringBuilder();
        text.append(
                switch (node.type()) {
                    case DIRECTORY -> 'd';
                    case SYMLINK -> 'l';
                    case FILE -> '-';
                });
        for (int i = 0; i < BITS.length(); i++) {
            text.append((mode & (0400 >> i)) != 0 ? BITS.charAt(i) : '-');
        }
        special(text, 3, mode & 04000, 's');
        special(text, 6, mode & 02000, 's');
        special(text, 9, mode & 01000, 't');
        return text.toString();
    }

    private static void special(StringBuilder text, int index, int bit, char letter) {
        if (bit != 0) {
            text.setCharAt(index, text.charAt(index) == 'x' ? letter : Character.toUpperCase(letter));
        }
    }
}
