package io.jenkins.plugins.provenbackup.engine.policy.runbook;

import io.jenkins.plugins.provenbackup.engine.policy.Compliance;
import io.jenkins.plugins.provenbackup.engine.policy.Control;
import io.jenkins.plugins.provenbackup.engine.policy.Elapsed;
import io.jenkins.plugins.provenbackup.engine.policy.Facts;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.policy.RetentionText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The procedure for whoever must bring the data of a policy back: made from the policy, and where somebody looked, from what
 * is really there and was really measured. A pure function. It names sources and paths, so it is not for a destination.
 */
public final class Runbook {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm z", Locale.ROOT);

    private final Policy policy;
    private final Optional<Seen> seen;
    private final Instant now;
    private final Tool tool;
    private final List<Block> blocks = new ArrayList<>();

    /**
     * What was found at the destinations.
     *
     * @param facts that were gathered
     * @param compliance the judgement on them
     */
    public record Seen(Facts facts, Compliance compliance) {}

    private Runbook(Policy policy, Optional<Seen> seen, Instant now, Tool tool) {
        this.policy = policy;
        this.seen = seen;
        this.now = now;
        this.tool = tool;
    }

    /** Writes it; without {@code seen} it says only what the policy promises. */
    public static Document of(Policy policy, Optional<Seen> seen, Instant now, Tool tool) {
        return new Runbook(policy, seen, now, tool).write();
    }

    private Document write() {
        blocks.add(new Block.Paragraph(Phrase.of("What to do when data of the policy ")
                .code(policy.name())
                .text(" is lost. Written on " + time(now) + " by Proven Backup " + tool.version()
                        + (seen.isPresent()
                                ? ", from the policy and from what the destinations held then."
                                : ", from the policy alone; nobody looked at the destinations."))));
        if (!policy.contacts().isEmpty()) {
            blocks.add(new Block.Heading(2, "Who is to be called"));
            blocks.add(PolicyTables.contacts(policy));
        }
        blocks.add(new Block.Heading(2, "What is protected"));
        sources();
        blocks.add(new Block.Heading(2, "Where the copies are"));
        blocks.add(new Block.Paragraph(Phrase.of("Any of them is enough to restore everything that it keeps.")));
        blocks.add(PolicyTables.places(policy));
        kept();
        blocks.add(new Block.Heading(2, "Restore, step by step"));
        steps();
        promises();
        if (!policy.notes().isBlank()) {
            blocks.add(new Block.Heading(2, "Notes"));
            blocks.add(new Block.Verbatim(policy.notes()));
        }
        return new Document("Runbook: " + policy.name(), blocks);
    }

    private void promises() {
        List<Control> judged = seen.map(one -> one.compliance().controls()).orElse(List.of());
        List<List<Phrase>> rows = new ArrayList<>();
        for (Control control : judged) {
            String about = control.subject()
                    .filter(name -> !isOnlySource(name))
                    .map(name -> ", " + name)
                    .orElse("");
            rows.add(List.of(
                    Phrase.of(control.kind().label() + about),
                    Phrase.of(control.objective()),
                    Phrase.of(control.actual()),
                    Phrase.of(control.verdict().name().toLowerCase(Locale.ROOT))));
        }
        if (rows.isEmpty()) {
            promised().forEach(rows::add);
        }
        if (!rows.isEmpty()) {
            blocks.add(new Block.Heading(2, "What was promised"));
            blocks.add(new Block.Table(List.of("promise", "objective", "found", "verdict"), rows));
        }
    }

    private boolean isOnlySource(String name) {
        return policy.sources().size() == 1 && policy.sources().get(0).name().equals(name);
    }

    private List<List<Phrase>> promised() {
        List<List<Phrase>> rows = new ArrayList<>();
        Policy.Objectives objectives = policy.objectives();
        promised(rows, Control.Kind.RPO, objectives.rpo(), "at most ", " old");
        promised(rows, Control.Kind.RTO, objectives.rto(), "at most ", "");
        promised(rows, Control.Kind.RECOVERY_TEST, objectives.recoveryTest(), "every ", "");
        objectives
                .copies()
                .ifPresent(rule -> rows.add(List.of(
                        Phrase.of(Control.Kind.COPIES.label()),
                        Phrase.of(rule.toString()),
                        Phrase.of(""),
                        Phrase.of(""))));
        return rows;
    }

    private static void promised(
            List<List<Phrase>> rows, Control.Kind kind, Optional<Duration> limit, String before, String after) {
        limit.ifPresent(length -> rows.add(List.of(
                Phrase.of(kind.label()),
                Phrase.of(before + Elapsed.text(length) + after),
                Phrase.of(""),
                Phrase.of(""))));
    }

    private void sources() {
        List<List<Phrase>> rows = new ArrayList<>();
        for (Policy.Source source : policy.sources()) {
            rows.add(List.of(Phrase.ofCode(source.name()), content(source), newest(source), measured(source)));
        }
        blocks.add(new Block.Table(List.of("source", "what", "newest snapshot", "last measured recovery time"), rows));
        policy.backups()
                .schedule()
                .ifPresent(schedule -> blocks.add(new Block.Paragraph(Phrase.of("Backed up by the schedule ")
                        .code(schedule)
                        .text(" (" + policy.backups().zone() + ")."))));
    }

    private static Phrase content(Policy.Source source) {
        Phrase phrase = Phrase.of("");
        switch (source.kind()) {
            case FILES -> {
                for (String path : source.paths()) {
                    phrase = phrase.text(phrase.parts().isEmpty() ? "" : ", ").code(path);
                }
            }
            case COMMAND -> phrase = Phrase.of("output of ").code(source.command());
            case JENKINS_HOME -> {
                phrase = Phrase.of("the Jenkins home");
                if (!source.paths().isEmpty()) {
                    phrase = phrase.text(" ").code(source.paths().get(0));
                }
                if (!source.sections().isEmpty()) {
                    phrase = phrase.text(" (" + String.join(", ", source.sections()) + ")");
                }
            }
        }
        for (int i = 0; i < source.excludes().size(); i++) {
            phrase = phrase.text(i == 0 ? " without " : ", ")
                    .code(source.excludes().get(i));
        }
        return phrase;
    }

    private Phrase newest(Policy.Source source) {
        List<Facts.SnapshotFact> snapshots = facts().of(source.name()).snapshots();
        if (snapshots.isEmpty()) {
            return Phrase.of(seen.isPresent() ? "none" : "not looked at");
        }
        Facts.SnapshotFact newest = snapshots.get(snapshots.size() - 1);
        return Phrase.of(time(newest.time()) + ", ").code(newest.id().brief());
    }

    private Phrase measured(Policy.Source source) {
        return PolicyTables.lastPassed(facts(), source)
                .map(test -> Phrase.of(Elapsed.text(test.duration()) + ", on " + time(test.time())))
                .orElseGet(() -> Phrase.of(seen.isPresent() ? "never measured" : "not looked at"));
    }

    private void kept() {
        List<Phrase> items = new ArrayList<>();
        for (Policy.Destination destination : policy.destinations()) {
            Phrase item = Phrase.ofCode(destination.name()).text(": " + RetentionText.of(destination.retention()));
            String problem = facts().unreachable().get(destination.name());
            items.add(problem == null ? item : item.text(". It did not answer: " + problem));
        }
        blocks.add(new Block.Items(items));
    }

    private void steps() {
        List<RecoverySteps.Wanted> wanted = new ArrayList<>();
        for (Policy.Source source : policy.sources()) {
            wanted.add(new RecoverySteps.Wanted(
                    "latest:" + source.name(), "restored/" + source.name().replaceAll("[^A-Za-z0-9._-]+", "-")));
        }
        Policy.Destination first = policy.destinations().stream()
                .filter(one -> !facts().unreachable().containsKey(one.name()))
                .findFirst()
                .orElse(policy.destinations().get(0));
        blocks.addAll(new RecoverySteps(tool)
                .of(
                        first.location(),
                        wanted,
                        Optional.of(
                                Phrase.of("The newest snapshot of each source. For an older one write the beginning of"
                                        + " its id, as step 4 shows it."))));
    }

    private Facts facts() {
        return seen.map(Seen::facts)
                .orElse(new Facts(java.util.Map.of(), java.util.Map.of(), java.util.Set.of(), Facts.View.SOME_SOURCES));
    }

    private String time(Instant instant) {
        ZoneId zone = policy.backups().zone();
        return TIME.format(instant.atZone(zone));
    }
}
