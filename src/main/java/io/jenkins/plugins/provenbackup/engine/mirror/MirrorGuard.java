package io.jenkins.plugins.provenbackup.engine.mirror;

import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Targets that a mirror would destroy, or that would never end. */
final class MirrorGuard {

    private MirrorGuard() {}

    /** Refuses a local target within the source, and the reverse. */
    static void requireApart(MirrorRequest request) throws IOException {
        if (!request.target().isLocal()) {
            return;
        }
        Path source = request.source().toRealPath();
        Path target = real(Path.of(request.target().path()).toAbsolutePath().normalize());
        if (target.startsWith(source) || source.startsWith(target)) {
            throw new RefusedException("The mirror at " + target + " and its source " + source
                    + " would lie in each other. Choose a target beside the source.");
        }
        for (Path above = target; above != null; above = above.getParent()) {
            if (isRepository(above)) {
                throw inRepository(above.toString());
            }
        }
        if (isRepository(source)) {
            throw new RefusedException(source + " is a repository. Use 'replicate' to copy one: it checks every object,"
                    + " and brings nothing back that was forgotten.");
        }
    }

    /** Refuses the root of a repository. */
    static void requireNoRepository(Map<ByteString, Present> root, String location) throws RefusedException {
        if (root.containsKey(ByteString.utf8(Layout.REPOSITORY)) && root.containsKey(ByteString.utf8(Layout.KEYS))) {
            throw inRepository(location);
        }
    }

    private static boolean isRepository(Path directory) {
        return Files.exists(directory.resolve(Layout.REPOSITORY)) && Files.exists(directory.resolve(Layout.KEYS));
    }

    private static RefusedException inRepository(String location) {
        return new RefusedException("There is a repository at " + location
                + ". A mirror would overwrite it, or lie in it: give the mirror a directory of its own.");
    }

    /** The real path of what exists, and what does not exist yet behind it. */
    private static Path real(Path path) throws IOException {
        if (Files.exists(path)) {
            return path.toRealPath();
        }
        Path parent = path.getParent();
        return parent == null ? path : real(parent).resolve(path.getFileName());
    }
}
