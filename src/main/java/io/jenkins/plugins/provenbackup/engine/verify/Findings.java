package io.jenkins.plugins.provenbackup.engine.verify;

import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is wrong at one destination, and what became of it. For one thread. */
final class Findings {

    private final Replica replica;
    private final VerifyRequest.Repair repair;
    private final List<VerifyResult.Finding> all = new ArrayList<>();
    private final Set<String> broken = new HashSet<>();

    /** A way to mend something. */
    interface Mending {

        /** Returns whether anybody had it intact. */
        boolean mend() throws IOException;
    }

    Findings(Replica replica, VerifyRequest.Repair repair) {
        this.replica = replica;
        this.repair = repair;
    }

    /**
     * Notes something wrong, and mends it when that was asked for.
     *
     * @param what one or more sentences that stay true when it is mended
     */
    void add(VerifyResult.Kind kind, String object, String what, Mending mending) {
        VerifyResult.Mended mended = VerifyResult.Mended.NO;
        String text = what;
        if (kind != VerifyResult.Kind.IN_PROGRESS) {
            if (repair == VerifyRequest.Repair.REPORT_ONLY) {
                text += " 'verify --repair' copies an intact one from another destination that has it.";
            } else {
                try {
                    mended = mending.mend() ? VerifyResult.Mended.YES : VerifyResult.Mended.NO;
                    text += mended == VerifyResult.Mended.YES
                            ? " An intact copy took its place."
                            : " No destination that was given has it intact.";
                } catch (IOException e) {
                    text += " It could not be mended: " + e.getMessage();
                }
            }
        }
        note(kind, object, text, mended);
    }

    /** Notes something wrong that a copy does not mend. */
    void add(VerifyResult.Kind kind, String object, String what) {
        note(kind, object, what, VerifyResult.Mended.NO);
    }

    /** Takes over what was found elsewhere. */
    void add(VerifyResult.Finding finding) {
        if (finding.mended() == VerifyResult.Mended.NO) {
            broken.add(finding.object());
        }
        all.add(finding);
    }

    private void note(VerifyResult.Kind kind, String object, String text, VerifyResult.Mended mended) {
        add(new VerifyResult.Finding(replica.location(), object, kind, text, mended));
    }

    /** Whether something is wrong with an object that was not mended. */
    boolean isBroken(String object) {
        return broken.contains(object);
    }

    List<VerifyResult.Finding> all() {
        return all;
    }
}
