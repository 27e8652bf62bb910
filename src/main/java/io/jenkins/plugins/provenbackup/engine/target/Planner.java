package io.jenkins.plugins.provenbackup.engine.target;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.target.Directories.Blocked;
import io.jenkins.plugins.provenbackup.engine.target.Directories.Origin;
import io.jenkins.plugins.provenbackup.engine.target.Directories.Place;
import io.jenkins.plugins.provenbackup.engine.target.Directories.Real;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Decides what a restore does with an entry by looking at what is there. Changes nothing. Thread-safe. */
final class Planner {

    private static final boolean WINDOWS = File.separatorChar == '\\';

    private final RestoreOptions options;
    private final Directories directories;

    Planner(RestoreOptions options, Directories directories) {
        this.options = options;
        this.directories = directories;
    }

    Action plan(Node node, MetadataWriter metadata) throws IOException {
        if (node.path().isRoot()) {
            return Action.updateMetadata("it is the target itself");
        }
        if (WINDOWS && WindowsNames.forbids(node.path().name())) {
            return Action.refuse("Windows cannot have a file of that name");
        }
        Place place = directories.find(node.path().parent());
        if (place instanceof Blocked blocked) {
            return blocked(blocked);
        }
        if (!(place instanceof Real parent) || parent.origin() == Origin.CREATED) {
            return Action.CREATE;
        }
        Path path = RawNames.resolve(parent.path(), node.path().name());
        Optional<Found> found = Found.at(path);
        if (found.isEmpty()) {
            return Action.CREATE;
        }
        if (metadata.foldsCase() && isOtherName(parent.path(), path)) {
            return Action.refuse("another entry is there, whose name this file system takes for the same");
        }
        return plan(node, path, found.get(), metadata);
    }

    private Action blocked(Blocked blocked) {
        boolean replaced =
                blocked.reason() == Directories.Reason.NOT_A_DIRECTORY && options.overwrite() != Overwrite.NEVER;
        return replaced
                ? Action.CREATE
                : Action.refuse("'" + blocked.by() + "' in the target is no directory to restore to");
    }

    private Action plan(Node node, Path path, Found found, MetadataWriter metadata) throws IOException {
        boolean never = options.overwrite() == Overwrite.NEVER;
        if (found.is(Found.Type.DIRECTORY)) {
            return node.type() == EntryType.DIRECTORY ? Action.updateMetadata("directory exists") : inTheWay(path);
        }
        if (node.type() == EntryType.DIRECTORY) {
            return never ? Action.refuse("something else is there, and stays") : Action.replace("is no directory");
        }
        if (never) {
            return Action.keep("exists");
        }
        if (options.overwrite() == Overwrite.ALWAYS) {
            return Action.replace("exists");
        }
        Optional<String> difference = difference(node, path, found);
        if (difference.isPresent()) {
            return Action.replace(difference.get());
        }
        return metadata.matches(path, node, found)
                ? Action.keep("unchanged")
                : Action.updateMetadata("content unchanged");
    }

    private Action inTheWay(Path directory) throws IOException {
        if (options.overwrite() == Overwrite.NEVER) {
            return Action.keep("a directory is there");
        }
        if (options.unlisted() == Unlisted.DELETE) {
            return Action.replace("a directory is there");
        }
        return Remover.isEmpty(directory)
                ? Action.replace("an empty directory is there")
                : Action.refuse("a directory that is not empty is there, and only --delete may remove it");
    }

    private static Optional<String> difference(Node node, Path path, Found found) throws IOException {
        if (node.type() == EntryType.SYMLINK) {
            boolean same = found.is(Found.Type.SYMLINK)
                    && Arrays.equals(
                            RawNames.bytesOf(Files.readSymbolicLink(path)),
                            node.linkTarget().toByteArray());
            return same ? Optional.empty() : Optional.of("other link target");
        }
        if (!found.is(Found.Type.FILE)) {
            return Optional.of("is no file");
        }
        if (found.size() != node.size()) {
            return Optional.of("other size");
        }
        return Times.couldBe(node, found.mtime()) ? Optional.empty() : Optional.of("other mtime");
    }

    /** On a file system that folds case, what is found under a name may be another entry. */
    static boolean isOtherName(Path parent, Path path) throws IOException {
        try (var entries = Files.newDirectoryStream(parent)) {
            return Remover.names(entries).stream().noneMatch(path.getFileName()::equals);
        }
    }

    /** Whether two names in the target are one file already. */
    static boolean isSameFile(Path one, Path other) throws IOException {
        Optional<Found> first = Found.at(one);
        Optional<Found> second = Found.at(other);
        return first.isPresent()
                && second.isPresent()
                && first.get().key().equals(second.get().key());
    }
}
