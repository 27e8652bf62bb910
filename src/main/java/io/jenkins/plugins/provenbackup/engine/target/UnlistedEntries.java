package io.jenkins.plugins.provenbackup.engine.target;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.target.Directories.Origin;
import io.jenkins.plugins.provenbackup.engine.target.Directories.Real;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the target has and the snapshot has not. Thread-safe. */
final class UnlistedEntries {

    private final RestoreOptions options;
    private final Directories directories;

    UnlistedEntries(RestoreOptions options, Directories directories) {
        this.options = options;
        this.directories = directories;
    }

    /** Those of one directory; a directory that this restore made has none. */
    List<EntryPath> in(EntryPath directory, Set<ByteString> keep) throws IOException {
        List<EntryPath> others = new ArrayList<>();
        if (directories.find(directory) instanceof Real real && real.origin() == Origin.EXISTING) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(real.path())) {
                for (Path name : Remover.names(entries)) {
                    byte[] bytes = RawNames.nameOf(name);
                    if (!keep.contains(ByteString.of(bytes))) {
                        others.add(directory.child(bytes));
                    }
                }
            }
        }
        return others;
    }

    void delete(EntryPath path) throws IOException {
        try {
            if (path.isRoot() || options.unlisted() != Unlisted.DELETE) {
                throw new UnsafeEntryException(path, "nothing of the target may be deleted here");
            }
            Real parent = directories.require(path.parent(), path);
            Remover.delete(
                    parent.path(), RawNames.resolve(parent.path(), path.name()).getFileName());
        } finally {
            directories.forget();
        }
    }
}
