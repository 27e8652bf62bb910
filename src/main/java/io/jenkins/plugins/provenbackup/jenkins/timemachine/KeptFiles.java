package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Keeps what a restore replaces: below {@code proven-backup/replaced/ID} in the home, at the same place as it was. */
final class KeptFiles {

    private final Path home;
    private final Path directory;

    /**
     * Nothing is made yet.
     *
     * @param id of the restore, a plain name
     */
    KeptFiles(Path home, String id) {
        this.home = home;
        this.directory = home.resolve("proven-backup").resolve("replaced").resolve(id);
    }

    /**
     * Copies a file of the home before it is replaced.
     *
     * @return where the copy is, from the home
     */
    Path keep(Path file) throws IOException {
        Path inside = file.startsWith(home)
                ? home.relativize(file)
                : Path.of("elsewhere").resolve(file.getFileName());
        Path copy = directory.resolve(inside);
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        return home.relativize(copy);
    }
}
