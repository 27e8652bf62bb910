package io.jenkins.plugins.provenbackup.engine.crypto;

import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/** How a source's name becomes its pseudonym. */
final class Pseudonym {

    private Pseudonym() {}

    /**
     * The first 16 bytes of HMAC-SHA-256(pseudonym key, UTF-8 name).
     *
     * @throws IllegalArgumentException when the name is empty or not valid Unicode
     */
    static SourceId of(Secret pseudonymKey, String sourceName) {
        return SourceId.of(Arrays.copyOf(Hashing.hmac(pseudonymKey.bytes(), nameBytes(sourceName)), Hex16.BYTES));
    }

    static byte[] nameBytes(String sourceName) {
        if (sourceName.isEmpty()) {
            throw new IllegalArgumentException("A source needs a name; an empty one was given.");
        }
        try {
            return Utf8.encode(sourceName);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("The source name is not valid Unicode text: " + sourceName, e);
        }
    }
}
