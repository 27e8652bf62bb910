package io.jenkins.plugins.provenbackup.engine.recovery;

import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.TestRecord;
import io.jenkins.plugins.provenbackup.engine.repository.TestRecords;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The second half of a recovery test: adds what the user's checks found and keeps the result at the destinations. */
public final class RecordTest {

    private RecordTest() {}

    /**
     * Keeps a result.
     *
     * @param key of the snapshot's source
     * @param recordAt where; one that cannot take it is told of in the result
     * @param by who tested, as user@host
     * @param leftover why the scratch directory could not be deleted, if so
     */
    public static RecoveryTestResult run(
            Manifest manifest,
            SourceKey key,
            List<Replica> recordAt,
            String by,
            Proof proof,
            List<CheckResult> checks,
            Optional<String> leftover)
            throws IOException {
        TestRecord record = record(by, proof, checks);
        TestRecords.Sealed sealed = TestRecords.seal(manifest, record, key);
        List<String> recorded = new ArrayList<>();
        Map<String, String> unrecorded = new LinkedHashMap<>();
        for (Replica replica : recordAt) {
            try {
                new TestRecords(replica).put(sealed);
                recorded.add(replica.location());
            } catch (StorageException e) {
                unrecorded.put(replica.location(), e.getMessage());
            }
        }
        return new RecoveryTestResult(record, recorded, unrecorded, proof.limitations(), proof.failovers(), leftover);
    }

    private static TestRecord record(String by, Proof proof, List<CheckResult> checks) {
        Findings findings = new Findings();
        proof.problems().forEach(findings::add);
        if (proof.errors() > proof.problems().size()) {
            findings.count(proof.errors() - proof.problems().size());
        }
        List<TestRecord.Check> kept = new ArrayList<>();
        for (CheckResult check : checks) {
            check.problem().ifPresent(text -> findings.add("check '" + check.name() + "': " + text));
            kept.add(new TestRecord.Check(
                    check.name(),
                    check.problem().isEmpty() ? TestRecord.Outcome.PASSED : TestRecord.Outcome.FAILED,
                    check.duration()));
        }
        return new TestRecord(
                proof.snapshot(),
                proof.start(),
                by,
                proof.from(),
                proof.files(),
                proof.bytes(),
                proof.restore(),
                proof.comparison(),
                kept,
                findings.count(),
                findings.kept());
    }
}
