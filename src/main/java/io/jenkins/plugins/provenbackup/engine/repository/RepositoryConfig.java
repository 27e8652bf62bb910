package io.jenkins.plugins.provenbackup.engine.repository;

import com.fasterxml.jackson.jr.ob.JSON;
import io.jenkins.plugins.provenbackup.engine.archive.ChunkerParameters;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.BadSignatureException;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.ForeignRepositoryException;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.RepositoryId;
import io.jenkins.plugins.provenbackup.engine.crypto.SignedDocument;
import io.jenkins.plugins.provenbackup.engine.crypto.UnsupportedFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code repository.json} says. It is only believed after {@link #verify}.
 *
 * @param id which repository
 * @param created when
 * @param chunker how writers cut content
 */
public record RepositoryConfig(RepositoryId id, Instant created, ChunkerParameters chunker) {

    /** The version of the format that this program reads and writes. */
    public static final int FORMAT = 1;

    private static final String TYPE = "repository";
    private static final String ALGORITHM = "fastcdc-gear64";

    byte[] sign(RecoveryKey key) throws IOException {
        Map<String, Object> cut = new LinkedHashMap<>();
        cut.put("algorithm", ALGORITHM);
        cut.put("minimum", chunker.minimum());
        cut.put("average", chunker.average());
        cut.put("maximum", chunker.maximum());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("format", FORMAT);
        document.put("repository", id.hex());
        document.put("created", created.toString());
        document.put("requires", List.of());
        document.put("chunker", cut);
        return SignedDocument.sign(TYPE, JSON.std.asString(document), key);
    }

    /**
     * Reads without checking the signature.
     *
     * @throws UnsupportedFormatException when it is of a newer format or requires a feature that this program lacks
     * @throws DamagedException when it is not what {@code init} writes
     */
    public static RepositoryConfig parse(byte[] object, String name) throws IOException {
        try {
            JsonDocument envelope = JsonDocument.parse(new String(object, StandardCharsets.UTF_8));
            JsonDocument document = JsonDocument.parse(envelope.text("signed"));
            if (document.number("format") != FORMAT) {
                throw new UnsupportedFormatException(name + " says format " + document.number("format")
                        + "; this program knows format " + FORMAT + ". Use the version that wrote it, or a newer one.");
            }
            List<?> requires = document.list("requires");
            if (!requires.isEmpty()) {
                throw new UnsupportedFormatException(name + " requires the feature '" + requires.get(0)
                        + "', which this program does not know. Use a newer version of it.");
            }
            JsonDocument cut = document.document("chunker");
            if (!cut.text("algorithm").equals(ALGORITHM)) {
                throw new UnsupportedFormatException(name + " requires the chunker '" + cut.text("algorithm")
                        + "', which this program does not know. Use a newer version of it.");
            }
            return new RepositoryConfig(
                    new RepositoryId(document.text("repository")),
                    Instant.parse(document.text("created")),
                    new ChunkerParameters(cut.number("minimum"), cut.number("average"), cut.number("maximum")));
        } catch (CryptoException e) {
            throw e;
        } catch (IOException | DateTimeException | IllegalArgumentException e) {
            throw damaged(name);
        }
    }

    /**
     * Checks that the keys' owner wrote it.
     *
     * @throws ForeignRepositoryException when the key is of another repository
     * @throws BadSignatureException when somebody else made or changed it
     */
    public void verify(byte[] object, AccessKey key, String name) throws IOException {
        if (!key.repositoryId().equals(id)) {
            throw new ForeignRepositoryException("The " + key.kind().label() + " is for repository "
                    + key.repositoryId() + ", but " + name + " says " + id
                    + ". Use this repository's key, or the other repository's location.");
        }
        SignedDocument.verify(TYPE, object, key.verificationKey());
    }

    private static DamagedException damaged(String name) {
        return new DamagedException(name + " is damaged: it is not what init writes."
                + " Copy it from another destination of this repository.");
    }
}
