package io.jenkins.plugins.provenbackup.engine.verify;

import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.transfer.StreamKeys;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to verify, and how thoroughly.
 *
 * @param replicas opened; each is verified by itself
 * @param key at least of the sources that are to be verified
 * @param streamKeys open content; needed for {@link Level#RESTORE} only
 * @param snapshots only these; empty for all
 * @param level how thoroughly
 * @param samplePercent share of the archives whose content is read, above 0 to 100
 * @param repair whether what is damaged is replaced
 */
public record VerifyRequest(
        List<Replica> replicas,
        AccessKey key,
        Optional<StreamKeys> streamKeys,
        Set<SnapshotId> snapshots,
        Level level,
        double samplePercent,
        Repair repair) {

    /** How thoroughly; each includes the ones before. */
    public enum Level {
        /** Every manifest is authentic, and everything that it names is there with its size. */
        PRESENCE,
        /** Every object hashes to its name, and every catalog can be read. Needs no key that reads content. */
        INTEGRITY,
        /** Every chunk of every file decrypts, unpacks and is what the catalog says. */
        RESTORE
    }

    /** Whether what is damaged is replaced. */
    public enum Repair {
        REPORT_ONLY,
        /** From another of the destinations that has it intact. */
        FROM_OTHERS
    }

    public VerifyRequest {
        replicas = List.copyOf(replicas);
        snapshots = Set.copyOf(snapshots);
        if (!(samplePercent > 0 && samplePercent <= 100)) {
            throw new IllegalArgumentException("a sample is above 0 and up to 100 percent, not " + samplePercent);
        }
    }
}
