package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The names in one directory, sorted as unsigned bytes.
 *
 * @param names all that could be listed
 * @param failure why these are not all
 */
record DirectoryListing(byte[][] names, Optional<IOException> failure) {

    private static final int BETWEEN_CHECKS = 1024;

    static DirectoryListing of(Path directory) throws InterruptedException {
        List<byte[]> names = new ArrayList<>();
        Optional<IOException> failure = Optional.empty();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                names.add(RawNames.nameOf(entry));
                if (names.size() % BETWEEN_CHECKS == 0 && Thread.interrupted()) {
                    throw new InterruptedException("the walk was interrupted");
                }
            }
        } catch (DirectoryIteratorException e) {
            failure = Optional.of(e.getCause());
        } catch (IOException e) {
            failure = Optional.of(e);
        }
        byte[][] sorted = names.toArray(byte[][]::new);
        Arrays.sort(sorted, Arrays::compareUnsigned);
        return new DirectoryListing(sorted, failure);
    }

    boolean has(byte[] name) {
        return Arrays.binarySearch(names, name, Arrays::compareUnsigned) >= 0;
    }
}
