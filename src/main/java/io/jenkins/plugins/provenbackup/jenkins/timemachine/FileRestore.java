package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreResult;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.engine.source.home.HomePlace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import jenkins.model.Jenkins;

/** Gives back files as files, for administrators: one to its place, or any of them to a new directory. For one thread. */
final class FileRestore {

    private final OpenHome home;
    private final Snapshot point;
    private final Outcomes outcomes;

    FileRestore(OpenHome home, Snapshot point, Outcomes outcomes) {
        this.home = home;
        this.point = point;
        this.outcomes = outcomes;
    }

    /** To its place in the home of this Jenkins; what was there is kept. */
    void toItsPlace(EntryPath path, KeptFiles kept) throws IOException, InterruptedException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        HomePlace place = HomePlace.of(path);
        boolean isConfiguration =
                place.item().isPresent() && path.toString().equals(place.item().get() + "/config.xml");
        if (place.isSecret()) {
            throw new RefusedException(Messages.FileRestore_secret(path));
        }
        if (isConfiguration || place.build().isPresent()) {
            throw new RefusedException(Messages.FileRestore_partOfJob(path));
        }
        Entry entry = file(path);
        Path file = RawNames.resolve(PresentItems.home(), path);
        requireRealDirectory(file.getParent());
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new RefusedException(Messages.FileRestore_noFile(file));
        }
        Path beside = Files.createTempFile(file.getParent(), ".proven-backup", ".tmp");
        try {
            write(entry, beside);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                outcomes.add(Outcome.good(Messages.FileRestore_kept(kept.keep(file))));
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
        outcomes.add(Outcome.good(Messages.FileRestore_replaced(file)));
        outcomes.add(Outcome.warning(Messages.FileRestore_restart()));
    }

    /** To a directory that is new or empty, and has nothing to do with the home. */
    void toDirectory(EntryPath path, String target, ProgressListener progress)
            throws IOException, InterruptedException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        Path directory = newDirectory(target);
        Optional<Entry> entry = path.isRoot() ? Optional.empty() : home.find(point, path);
        if (path.isRoot()
                || entry.filter(one -> one.node().type() == EntryType.DIRECTORY).isPresent()) {
            RestoreResult result = home.restore(point, path, directory, progress);
            outcomes.add(Outcome.good(Messages.FileRestore_tree(result.files(), directory)));
            result.failureTexts().forEach(failure -> outcomes.add(Outcome.bad(failure)));
            return;
        }
        Entry file = file(path);
        Files.createDirectories(directory);
        write(file, RawNames.resolve(directory, path.name()));
        outcomes.add(Outcome.good(Messages.FileRestore_tree(1, directory)));
    }

    private Entry file(EntryPath path) throws IOException {
        return home.find(point, path)
                .filter(found -> found.node().type() == EntryType.FILE)
                .orElseThrow(() -> new RefusedException(Messages.FileRestore_notInPoint(path)));
    }

    private void write(Entry entry, Path file) throws IOException, InterruptedException {
        try (OutputStream out = Files.newOutputStream(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            home.write(point, entry.path(), out);
        }
        Files.setLastModifiedTime(file, FileTime.from(entry.node().metadata().mtime()));
    }

    /** No link on the way leads out of the home. */
    private static void requireRealDirectory(Path directory) throws IOException {
        Path real = PresentItems.home().toRealPath();
        if (!Files.isDirectory(directory) || !directory.toRealPath().startsWith(real)) {
            throw new RefusedException(Messages.FileRestore_noDirectory(directory));
        }
    }

    private static Path newDirectory(String target) throws IOException {
        Path directory;
        try {
            directory = Path.of(target).normalize();
        } catch (java.nio.file.InvalidPathException e) {
            throw new RefusedException(Messages.FileRestore_badTarget(target));
        }
        if (target.isBlank() || !directory.isAbsolute()) {
            throw new RefusedException(Messages.FileRestore_badTarget(target));
        }
        Path real = real(directory);
        Path home = PresentItems.home().toRealPath();
        if (real.startsWith(home) || home.startsWith(real)) {
            throw new RefusedException(Messages.FileRestore_insideHome(directory));
        }
        if (Files.exists(real, LinkOption.NOFOLLOW_LINKS)
                && (!Files.isDirectory(real) || !MovedFiles.children(real).isEmpty())) {
            throw new RefusedException(Messages.FileRestore_notEmpty(directory));
        }
        return real;
    }

    /** Where a directory that need not be there really is, links resolved. */
    private static Path real(Path directory) throws IOException {
        if (Files.exists(directory)) {
            return directory.toRealPath();
        }
        Path parent = directory.getParent();
        return parent == null ? directory : real(parent).resolve(directory.getFileName());
    }
}
