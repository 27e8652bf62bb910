package io.jenkins.plugins.provenbackup.engine.policy.runbook;

import io.jenkins.plugins.provenbackup.engine.policy.Facts;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What lies at every destination as {@code RECOVERY.md}: the way back to the data for whoever finds nothing else. A destination
 * must not learn names and paths of sources, so these are left out, and so are notes, which may hold anything.
 */
public final class RecoveryText {

    private RecoveryText() {}

    /** Without a policy: only this place is known. It says nothing that changes, so it is written once. */
    public static Document general(StorageLocation place, Tool tool) {
        List<Block> blocks = new ArrayList<>();
        intro(blocks);
        blocks.add(new Block.Heading(2, "Restore, step by step"));
        blocks.addAll(steps(place, tool));
        return new Document("How to recover the data in this repository", blocks);
    }

    /** With a policy: the other copies and who is to be called, too. */
    public static Document of(Policy policy, Policy.Destination here, Facts facts, Tool tool) {
        List<Block> blocks = new ArrayList<>();
        intro(blocks);
        if (!policy.contacts().isEmpty()) {
            blocks.add(new Block.Heading(2, "Who is to be called"));
            blocks.add(PolicyTables.contacts(policy));
        }
        blocks.add(new Block.Heading(2, "Where the copies are"));
        blocks.add(
                new Block.Paragraph(Phrase.of("This one is ").code(here.name()).text(". Any of them is enough.")));
        blocks.add(PolicyTables.places(policy));
        PolicyTables.longestRestore(policy, facts).ifPresent(text -> blocks.add(new Block.Paragraph(Phrase.of(text))));
        blocks.add(new Block.Heading(2, "Restore, step by step"));
        blocks.addAll(steps(here.location(), tool));
        return new Document("How to recover the data in this repository", blocks);
    }

    private static void intro(List<Block> blocks) {
        blocks.add(new Block.Paragraph(
                Phrase.of("This folder is a repository of Proven Backup: encrypted backups, complete in"
                        + " themselves. Whoever has the passphrase gets the data back with the commands below, without Jenkins and"
                        + " without the machine that made the backups. Nothing in this text is secret, and no"
                        + " program depends on it.")));
    }

    private static List<Block> steps(StorageLocation place, Tool tool) {
        return new RecoverySteps(tool)
                .of(
                        place,
                        List.of(new RecoverySteps.Wanted("latest", "restored")),
                        Optional.of(Phrase.of(
                                        "This is the newest snapshot. Where step 4 shows snapshots of several sources,"
                                                + " write ")
                                .code("latest:SOURCE")
                                .text(" instead of ")
                                .code("latest")
                                .text(", with another target for each; for an older one, the beginning of its id.")));
    }
}
