package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.source.SourceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Where passphrases come from: a file, a variable, a person; never an argument, which other users could see. */
final class Secrets {

    static final String PASSWORD = "PROVEN_BACKUP_PASSWORD";
    static final String NEW_PASSWORD = "PROVEN_BACKUP_NEW_PASSWORD";
    private static final int LONGEST = 64 << 10;

    private final Surroundings surroundings;

    Secrets(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The passphrase of a repository that exists; the caller wipes it. */
    char[] existing(Optional<Path> file, String question) throws IOException {
        Optional<char[]> given = given(file, PASSWORD);
        if (given.isPresent()) {
            return given.get();
        }
        return ask(question, "--password-file, " + PASSWORD + ", --key-file");
    }

    /** The passphrase of a second repository; the caller wipes it. */
    char[] existing(Optional<Path> file, String variable, String question, String ways) throws IOException {
        Optional<char[]> given = given(file, variable);
        return given.isPresent() ? given.get() : ask(question, ways);
    }

    /** A passphrase to be set, asked for twice; the caller wipes it. */
    char[] fresh(Optional<Path> file, String variable, String question, String ways) throws IOException {
        Optional<char[]> given = given(file, variable);
        if (given.isPresent()) {
            return given.get();
        }
        char[] first = ask(question, ways);
        char[] second = ask("The same again: ", ways);
        try {
            if (!Arrays.equals(first, second)) {
                Arrays.fill(first, '\0');
                throw new UsageException("The two passphrases differ. Nothing was changed.");
            }
            return first;
        } finally {
            Arrays.fill(second, '\0');
        }
    }

    /** A secret from a file or a variable; the caller wipes it. */
    Optional<char[]> given(Optional<Path> file, String variable) throws IOException {
        if (file.isPresent()) {
            return Optional.of(firstLine(file.get()));
        }
        return surroundings.variable(variable).map(String::toCharArray);
    }

    private char[] ask(String question, String ways) {
        Surroundings.Prompt prompt = surroundings
                .prompt()
                .orElseThrow(() -> new UsageException(
                        "A passphrase is needed, and there is no terminal to ask for it: use " + ways + "."));
        char[] answer = prompt.secret(question).orElseGet(() -> new char[0]);
        if (answer.length == 0) {
            throw new UsageException("An empty passphrase protects nothing. Nothing was changed.");
        }
        return answer;
    }

    private static char[] firstLine(Path file) throws IOException {
        byte[] content;
        try (var in = Files.newInputStream(file)) {
            content = in.readNBytes(LONGEST);
        } catch (IOException e) {
            throw new SourceException("Cannot read the password file: " + Messages.of(e), e);
        }
        try {
            int end = 0;
            while (end < content.length && content[end] != '\n' && content[end] != '\r') {
                end++;
            }
            if (end == 0) {
                throw new UsageException("The first line of the password file '" + file + "' is empty.");
            }
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content, 0, end));
            char[] secret = new char[text.remaining()];
            text.get(secret);
            Arrays.fill(text.array(), '\0');
            return secret;
        } catch (CharacterCodingException e) {
            throw new UsageException("The password file '" + file + "' is not UTF-8.");
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }
}
