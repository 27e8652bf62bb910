package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import io.jenkins.plugins.provenbackup.engine.alerts.PolicyState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What is kept of policies, a file for each: written anew beside and renamed, so that there is always a whole one. */
final class StateFiles {

    private static final Logger LOGGER = Logger.getLogger(StateFiles.class.getName());
    private static final int LONGEST_NAME = 200;

    private final Path folder;

    StateFiles(Path folder) {
        this.folder = folder;
    }

    /** What is kept of a policy; nothing for one that is new. A file that cannot be read is kept aside. */
    PolicyState load(String policy) {
        Path file = file(policy);
        try {
            PolicyState state = PolicyState.parse(Files.readString(file));
            return state.history().policy().equals(policy) ? state : PolicyState.none(policy);
        } catch (NoSuchFileException e) {
            return PolicyState.none(policy);
        } catch (IOException e) {
            setAside(file, e);
            return PolicyState.none(policy);
        }
    }

    private static void setAside(Path file, IOException reason) {
        Path aside = file.resolveSibling(file.getFileName() + ".broken");
        LOGGER.log(Level.WARNING, "The history in {0} cannot be used and is kept as {1}: {2}", new Object[] {
            file, aside, reason.getMessage()
        });
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "It cannot even be renamed", e);
        }
    }

    void save(PolicyState state) throws IOException {
        write(file(state.history().policy()), state.json());
    }

    /** All of it or nothing, also when the machine stops. */
    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Different for names that only differ in case, and nothing that a file system takes for something else. */
    private Path file(String policy) {
        StringBuilder name = new StringBuilder();
        for (byte one : policy.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (one & 0xff);
            if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_') {
                name.append(c);
            } else {
                name.append(String.format("%%%02x", one));
            }
        }
        String full = name.length() <= LONGEST_NAME
                ? name.toString()
                : name.substring(0, LONGEST_NAME) + Integer.toHexString(policy.hashCode());
        return folder.resolve(full + ".json");
    }
}
