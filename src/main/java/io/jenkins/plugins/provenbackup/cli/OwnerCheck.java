package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Makes sure whose repository a personal key opened: who can write to a destination can make a slot for anybody's public key,
 * and a whole false repository around it. As with the host keys of SSH, a person confirms the fingerprint once, and it is remembered.
 */
final class OwnerCheck {

    static final String FINGERPRINT = "PROVEN_BACKUP_FINGERPRINT";
    private static final char[] YES = {'y', 'e', 's'};

    private final Context context;

    OwnerCheck(Context context) {
        this.context = context;
    }

    void require(AccessKey key, String location) throws IOException {
        Fingerprint actual = Fingerprint.of(key);
        Optional<Path> memory = context.memory(key.repositoryId()).map(folder -> folder.resolve("owner"));
        Optional<Fingerprint> expected = given().or(() -> memory.flatMap(OwnerCheck::remembered));
        if (expected.isEmpty()) {
            confirm(actual, location);
        } else if (!expected.get().equals(actual)) {
            throw new RefusedException("The repository at " + location + " has the fingerprint " + actual + ", and not "
                    + expected.get() + ": somebody else made it, or you mistyped. Do not use it before you know"
                    + " which; its owner sees the fingerprint with 'key fingerprint'.");
        }
        if (memory.isPresent()) {
            remember(memory.get(), actual);
        }
    }

    private Optional<Fingerprint> given() {
        Optional<String> text =
                context.options().fingerprint().or(() -> context.surroundings().variable(FINGERPRINT));
        try {
            return text.map(Fingerprint::parse);
        } catch (IllegalArgumentException e) {
            throw new UsageException("A fingerprint is 32 hexadecimal digits, in groups or not.");
        }
    }

    private void confirm(Fingerprint actual, String location) throws RefusedException {
        String fact = "The repository at " + location + " has the fingerprint " + actual + ". ";
        char[] answer = context.surroundings()
                .prompt()
                .orElseThrow(() -> new UsageException(fact
                        + "A personal key cannot tell whether that is the one that its owner told you: compare, and give"
                        + " it with --fingerprint or " + FINGERPRINT + "."))
                .secret(fact + "Type yes if its owner told you the same: ")
                .orElseGet(() -> new char[0]);
        if (!Arrays.equals(answer, YES)) {
            throw new RefusedException("The fingerprint was not confirmed. Ask the owner of the repository for it.");
        }
    }

    private static Optional<Fingerprint> remembered(Path file) {
        try {
            return Optional.of(Fingerprint.parse(Files.readString(file)));
        } catch (IOException | IllegalArgumentException e) {
            // Nothing is remembered, or nothing that makes sense: then it is asked for again.
            return Optional.empty();
        }
    }

    private void remember(Path file, Fingerprint fingerprint) {
        try {
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.write(file, (fingerprint + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            context.output().notice("cannot remember the fingerprint: " + Messages.of(e));
        }
    }
}
