package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.source.SourceException;
import io.jenkins.plugins.provenbackup.engine.storage.CredentialBook;
import io.jenkins.plugins.provenbackup.engine.storage.StorageCredentials;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads a file of credentials: a place in brackets, and below it {@code user}, {@code password}, {@code private-key} and
 * {@code passphrase}, one {@code name = value} a line. Secrets are never held in strings.
 */
final class CredentialsFile {

    private static final int LARGEST = 1 << 20;

    private final Path file;
    private final List<CredentialBook.Entry> entries = new ArrayList<>();
    private Optional<StorageLocation> place = Optional.empty();
    private Optional<String> user = Optional.empty();
    private Optional<Path> key = Optional.empty();
    private char[] password = new char[0];
    private char[] passphrase = new char[0];

    private CredentialsFile(Path file) {
        this.file = file;
    }

    /** The book belongs to the caller. */
    static CredentialBook read(Path file) throws IOException {
        byte[] content;
        try (var in = Files.newInputStream(file)) {
            content = in.readNBytes(LARGEST);
        } catch (IOException e) {
            throw new SourceException("Cannot read the credentials file: " + Messages.of(e), e);
        }
        CharBuffer text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
        } catch (CharacterCodingException e) {
            throw new UsageException("The credentials file '" + file + "' is not UTF-8.");
        } finally {
            Arrays.fill(content, (byte) 0);
        }
        CredentialsFile reader = new CredentialsFile(file);
        try {
            reader.readLines(text);
            reader.endEntry();
            return new CredentialBook(reader.entries);
        } catch (UsageException | StorageException e) {
            new CredentialBook(reader.entries).close();
            throw e;
        } finally {
            reader.forget();
            Arrays.fill(text.array(), '\0');
        }
    }

    private void readLines(CharBuffer text) throws StorageException {
        int number = 0;
        for (int begin = 0; begin < text.length(); ) {
            int end = begin;
            while (end < text.length() && text.charAt(end) != '\n') {
                end++;
            }
            int last = end > begin && text.charAt(end - 1) == '\r' ? end - 1 : end;
            readLine(text.subSequence(begin, last), ++number);
            begin = end + 1;
        }
    }

    private void readLine(CharBuffer line, int number) throws StorageException {
        int begin = blanksFrom(line, 0);
        if (begin == line.length() || line.charAt(begin) == '#') {
            return;
        }
        if (line.charAt(begin) == '[') {
            String heading = line.toString().strip();
            if (!heading.endsWith("]")) {
                throw wrong(number, "a place ends with ]");
            }
            endEntry();
            place = Optional.of(StorageLocation.parse(heading.substring(1, heading.length() - 1)));
            return;
        }
        int equals = begin;
        while (equals < line.length() && line.charAt(equals) != '=') {
            equals++;
        }
        if (equals == line.length() || place.isEmpty()) {
            throw wrong(number, "expected [place] first, then lines like user = name");
        }
        String name = line.subSequence(begin, equals).toString().strip();
        set(name, line.subSequence(blanksFrom(line, equals + 1), line.length()), number);
    }

    private void set(String name, CharBuffer value, int number) {
        switch (name) {
            case "user" -> user = Optional.of(value.toString().strip());
            case "private-key" ->
                key = Optional.of(file.resolveSibling(value.toString().strip()));
            case "password" -> password = characters(value);
            case "passphrase" -> passphrase = characters(value);
            default -> throw wrong(number, "known are user, password, private-key and passphrase");
        }
    }

    private void endEntry() {
        if (place.isEmpty()) {
            return;
        }
        StorageCredentials credentials = StorageCredentials.none();
        if (user.isPresent()) {
            credentials = credentials.withUser(user.get());
        }
        if (key.isPresent()) {
            credentials = passphrase.length > 0
                    ? credentials.withPrivateKey(key.get(), passphrase)
                    : credentials.withPrivateKey(key.get());
        }
        if (password.length > 0) {
            credentials = credentials.withPassword(password);
        }
        entries.add(new CredentialBook.Entry(place.get(), credentials));
        forget();
    }

    private void forget() {
        place = Optional.empty();
        user = Optional.empty();
        key = Optional.empty();
        Arrays.fill(password, '\0');
        Arrays.fill(passphrase, '\0');
        password = new char[0];
        passphrase = new char[0];
    }

    // Never shows the line, which may hold a secret.
    private UsageException wrong(int number, String reason) {
        return new UsageException("Line " + number + " of the credentials file '" + file + "': " + reason + ".");
    }

    private static int blanksFrom(CharBuffer line, int begin) {
        int i = begin;
        while (i < line.length() && (line.charAt(i) == ' ' || line.charAt(i) == '\t')) {
            i++;
        }
        return i;
    }

    private static char[] characters(CharBuffer value) {
        char[] characters = new char[value.length()];
        value.duplicate().get(characters);
        return characters;
    }
}
