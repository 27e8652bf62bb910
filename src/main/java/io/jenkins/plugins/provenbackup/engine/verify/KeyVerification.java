package io.jenkins.plugins.provenbackup.engine.verify;

import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.repository.KeyObjects;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares the key slots and epoch documents of all destinations: each should have all that another has. Those that were removed on
 * purpose are not missed. For one thread.
 */
final class KeyVerification {

    private final VerifyRequest request;
    private final KeyObjects objects;
    private final List<VerifyResult.Finding> findings = new ArrayList<>();

    private KeyVerification(VerifyRequest request, KeyObjects objects) {
        this.request = request;
        this.objects = objects;
    }

    static List<VerifyResult.Finding> run(VerifyRequest request) throws IOException {
        KeyVerification verification = new KeyVerification(request, KeyObjects.load(request.replicas(), request.key()));
        verification.verify();
        return verification.findings;
    }

    private void verify() {
        for (Replica replica : request.replicas()) {
            List<String> missing = objects.missing(replica);
            for (KeyObjects.Problem problem : objects.problems()) {
                if (problem.replica() == replica && !missing.contains(problem.object())) {
                    find(
                            replica,
                            problem.object(),
                            VerifyResult.Kind.DAMAGED,
                            problem.reason().getMessage());
                }
            }
            for (String object : missing) {
                mend(replica, object);
            }
        }
        requireOpener(request.key());
    }

    private void mend(Replica replica, String object) {
        String message = objects.problems().stream()
                .filter(problem ->
                        problem.replica() == replica && problem.object().equals(object))
                .findFirst()
                .map(problem -> problem.reason().getMessage())
                .orElse(replica.name(object) + " is missing; another destination has it.");
        if (request.repair() != VerifyRequest.Repair.FROM_OTHERS) {
            find(replica, object, VerifyResult.Kind.MISSING, message + " 'verify --repair' copies it.");
            return;
        }
        try {
            objects.put(replica, object);
            findings.add(new VerifyResult.Finding(
                    replica.location(),
                    object,
                    VerifyResult.Kind.MISSING,
                    message + " Repaired from another destination.",
                    VerifyResult.Mended.YES));
        } catch (IOException e) {
            find(replica, object, VerifyResult.Kind.MISSING, message + " It could not be repaired: " + e.getMessage());
        }
    }

    private void requireOpener(AccessKey key) {
        if (objects.newestEpoch() < key.newestEpoch()) {
            find(
                    request.replicas().get(0),
                    Layout.epoch(key.newestEpoch()),
                    VerifyResult.Kind.MISSING,
                    Layout.epoch(key.newestEpoch()) + " is missing or damaged everywhere. 'key rotate' puts it back.");
            return;
        }
        boolean isOpen = objects.slots().stream().anyMatch(slot -> slot.epoch() == objects.newestEpoch());
        if (!isOpen) {
            find(
                    request.replicas().get(0),
                    Layout.KEYS,
                    VerifyResult.Kind.MISSING,
                    "No destination has a key slot that opens everything: only who has a recovery key ("
                            + (key.recovery().isPresent() ? "you, now" : "a file, or the whole form on paper")
                            + ") can restore. Make a new slot with it: 'key add'.");
        }
    }

    private void find(Replica replica, String object, VerifyResult.Kind kind, String message) {
        findings.add(new VerifyResult.Finding(replica.location(), object, kind, message, VerifyResult.Mended.NO));
    }
}
