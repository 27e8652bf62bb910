package io.jenkins.plugins.provenbackup.engine.storage;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What to give a file or folder beside its content, as far as the storage can.
 *
 * @param modified mtime
 * @param mode permission bits, 0 to 07777
 */
public record PlainAttributes(Optional<Instant> modified, OptionalInt mode) {

    public static final PlainAttributes NONE = new PlainAttributes(Optional.empty(), OptionalInt.empty());
}
