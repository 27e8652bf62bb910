package io.jenkins.plugins.provenbackup.engine.recovery;

import io.jenkins.plugins.provenbackup.engine.repository.TestRecord;
import io.jenkins.plugins.provenbackup.engine.target.Limitation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a recovery test found.
 *
 * @param record as it is kept
 * @param recorded locations that have the record now
 * @param unrecorded locations that could not take it, with the reason
 * @param limitations what could not be restored exactly here, counted by kind; no errors of the backup
 * @param failovers archives that a destination did not give intact, though another did
 * @param leftover why the scratch directory could not be deleted, if so
 */
public record RecoveryTestResult(
        TestRecord record,
        List<String> recorded,
        Map<String, String> unrecorded,
        Map<Limitation, Long> limitations,
        List<String> failovers,
        Optional<String> leftover) {

    public RecoveryTestResult {
        recorded = List.copyOf(recorded);
        unrecorded = Map.copyOf(unrecorded);
        limitations = Map.copyOf(limitations);
        failovers = List.copyOf(failovers);
    }
}
