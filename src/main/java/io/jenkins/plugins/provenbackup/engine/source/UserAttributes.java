package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.Metadata.Xattr;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads user extended attributes. Remembers the file systems that have none, so that they cost one failed call each.
 * Thread-safe. The JDK spells names in the locale's charset; a name that it cannot spell is reported, not guessed.
 */
final class UserAttributes {

    private static final char UNSPELLABLE = '\ufffd';

    private final Set<Long> devicesWithout = ConcurrentHashMap.newKeySet();

    private final SourceProblems problems;

    UserAttributes(SourceProblems problems) {
        this.problems = problems;
    }

    /** Sorted by name. */
    List<Xattr> of(EntryPath entry, Path path, FileStat stat) throws IOException {
        boolean canHaveSome = stat.type() == FileStat.Type.FILE || stat.type() == FileStat.Type.DIRECTORY;
        if (!canHaveSome || devicesWithout.contains(stat.device())) {
            return List.of();
        }
        UserDefinedFileAttributeView view =
                Files.getFileAttributeView(path, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        List<String> names = view == null ? List.of() : names(entry, view, stat);
        if (names.isEmpty()) {
            return List.of();
        }
        List<Xattr> found = new ArrayList<>();
        for (String name : names) {
            try {
                found.add(read(view, name));
            } catch (IOException | IllegalArgumentException e) {
                problems.report(new Problem(
                        entry,
                        Problem.Kind.UNREADABLE_ATTRIBUTE,
                        "cannot read extended attribute 'user." + name + "' of '" + entry + "'"));
            }
        }
        found.sort(Comparator.comparing(xattr -> xattr.name().toByteArray(), Arrays::compareUnsigned));
        return found;
    }

    private List<String> names(EntryPath entry, UserDefinedFileAttributeView view, FileStat stat) throws IOException {
        try {
            return view.list();
        } catch (NoSuchFileException e) {
            throw e;
        } catch (AccessDeniedException e) {
            // Whether the rest is readable shows when it is read; the attributes are not.
            problems.report(new Problem(
                    entry,
                    Problem.Kind.UNREADABLE_ATTRIBUTE,
                    "cannot read the extended attributes of '" + entry + "': permission denied"));
            return List.of();
        } catch (IOException e) {
            devicesWithout.add(stat.device());
            return List.of();
        }
    }

    private static Xattr read(UserDefinedFileAttributeView view, String name) throws IOException {
        if (name.indexOf(UNSPELLABLE) >= 0) {
            throw new IOException("its name cannot be spelt in this locale");
        }
        ByteBuffer value = ByteBuffer.allocate(view.size(name));
        view.read(name, value);
        byte[] bytes = new byte[value.flip().remaining()];
        value.get(bytes);
        return new Xattr(ByteString.of(name.getBytes(StandardCharsets.UTF_8)), ByteString.of(bytes));
    }
}
