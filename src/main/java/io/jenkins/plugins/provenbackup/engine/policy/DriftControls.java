package io.jenkins.plugins.provenbackup.engine.policy;

import io.jenkins.plugins.provenbackup.engine.policy.Control.Kind;
import io.jenkins.plugins.provenbackup.engine.policy.Control.Measure;
import io.jenkins.plugins.provenbackup.engine.policy.Control.Unit;
import io.jenkins.plugins.provenbackup.engine.policy.Control.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Judges whether policy and reality speak of the same sources and paths. */
final class DriftControls {

    private final Policy policy;
    private final Facts facts;

    DriftControls(Policy policy, Facts facts) {
        this.policy = policy;
        this.facts = facts;
    }

    List<Control> evaluate() {
        List<String> found = new ArrayList<>();
        List<String> advice = new ArrayList<>();
        List<String> unsure = new ArrayList<>();
        Set<String> uncovered = new TreeSet<>(facts.sources().keySet());
        policy.sources().forEach(source -> uncovered.remove(source.name()));
        uncovered.removeAll(facts.elsewhere());
        uncovered.removeIf(name -> facts.of(name).snapshots().isEmpty());
        for (String name : uncovered) {
            found.add("'" + name + "' is in no policy");
        }
        if (!uncovered.isEmpty()) {
            advice.add("Add the source to a policy (and name that with another -f), or forget its snapshots.");
        }
        for (Policy.Source source : policy.sources()) {
            List<Facts.SnapshotFact> snapshots = facts.of(source.name()).snapshots();
            if (snapshots.isEmpty() && facts.view() == Facts.View.ALL_SOURCES) {
                if (facts.unreachable().isEmpty()) {
                    found.add("'" + source.name() + "' was never backed up");
                    advice.add("Run backup -f POLICY.yaml --source " + source.name() + ".");
                } else {
                    unsure.add("no snapshot of '" + source.name() + "' at the destinations that answered");
                }
            } else if (!snapshots.isEmpty()
                    && isOther(source, snapshots.get(snapshots.size() - 1).roots())) {
                found.add("'" + source.name() + "' was last taken of other paths");
                advice.add("Back up with the policy (backup -f), or mend its paths.");
            }
        }
        return List.of(
                found.isEmpty()
                        ? withoutFindings(unsure)
                        : control(
                                String.join("; ", found),
                                Verdict.MISSED,
                                String.join(" ", advice.stream().distinct().toList()),
                                found.size()));
    }

    private Control withoutFindings(List<String> unsure) {
        if (!unsure.isEmpty()) {
            return control(
                    String.join("; ", unsure),
                    Verdict.UNKNOWN,
                    "Make the destination reachable, then check again.",
                    unsure.size());
        }
        return facts.view() == Facts.View.SOME_SOURCES
                ? control(
                        "the key shows one source only",
                        Verdict.UNKNOWN,
                        "Check with the passphrase or a backup key of all sources.",
                        0)
                : control("none", Verdict.MET, "", 0);
    }

    private static Control control(String actual, Verdict verdict, String advice, int count) {
        return new Control(
                Kind.DRIFT,
                Optional.empty(),
                "policy and repository agree",
                actual,
                verdict,
                advice,
                Optional.of(new Measure(count, 0, Unit.COUNT)));
    }

    /** Relative paths mean a folder that only the one who backs up knows, so they are not compared. */
    private static boolean isOther(Policy.Source source, List<String> roots) {
        if (source.kind() != Policy.SourceKind.FILES
                || source.paths().stream().anyMatch(path -> !path.startsWith("/"))) {
            return false;
        }
        return !plain(source.paths()).equals(plain(roots));
    }

    private static Set<String> plain(List<String> paths) {
        Set<String> plain = new TreeSet<>();
        paths.forEach(path -> plain.add(path.length() > 1 ? path.replaceAll("/+$", "") : path));
        return plain;
    }
}
