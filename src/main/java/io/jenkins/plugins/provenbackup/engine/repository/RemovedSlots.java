package io.jenkins.plugins.provenbackup.engine.repository;

import com.fasterxml.jackson.jr.ob.JSON;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.SignedDocument;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Records of key slots that were removed: a destination that was away then, or that puts an old file back, would otherwise bring
 * them into the next rotation. They are signed, so that nobody else can make a slot look removed.
 */
public final class RemovedSlots {

    private static final String TYPE = "removed slot";
    private static final Pattern NAME = Pattern.compile(Layout.KEYS + "/([0-9a-f]{16})\\.removed");

    private RemovedSlots() {}

    /** The record of a slot's removal. */
    public static byte[] sign(String slot, RecoveryKey key, Instant at) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("format", RepositoryConfig.FORMAT);
        document.put("repository", key.repositoryId().hex());
        document.put("slot", slot);
        document.put("at", at.toString());
        return SignedDocument.sign(TYPE, JSON.std.asString(document), key);
    }

    /** The slot whose removal an object of this name records, if it is such a name. */
    static Optional<String> slotOf(String object) {
        Matcher matcher = NAME.matcher(object);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Whether the owner of the key made a record of this slot's removal. */
    static boolean isAuthentic(byte[] object, String slot, AccessKey key) {
        try {
            JsonDocument document = JsonDocument.parse(SignedDocument.verify(TYPE, object, key.verificationKey()));
            return document.text("slot").equals(slot)
                    && document.text("repository").equals(key.repositoryId().hex());
        } catch (CryptoException e) {
            return false;
        } catch (IOException e) {
            return false;
        }
    }
}
