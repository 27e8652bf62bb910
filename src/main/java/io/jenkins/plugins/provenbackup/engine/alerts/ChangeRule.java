package io.jenkins.plugins.provenbackup.engine.alerts;

import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation.PointSeen;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A backup found many files changed at once, into what does not compress, where the source's earlier backups found few changes or
 * what did. That is what encryption by ransomware looks like; a renamed archive or a folder of videos may look so, too. It ends
 * when somebody says that it was meant, when the snapshot is gone, or when a later backup found as many files changed back.
 */
final class ChangeRule {

    /** So many earlier backups of the same kind make a history. */
    private static final int LEAST_HISTORY = 3;

    private static final int LONGEST_HISTORY = 30;
    private static final long LEAST_FILES = 20;
    private static final long LEAST_BYTES = 1 << 20;

    /** Encrypted content takes as much room as it had. */
    private static final double FLAT = 1.05;

    /** Usual content takes less. */
    private static final double COMPRESSIBLE = 1.2;

    private static final double MANY = 0.25;
    private static final double TIMES = 5;

    private final Observation seen;
    private final Set<String> accepted;

    ChangeRule(Observation seen, Set<String> accepted) {
        this.seen = seen;
        this.accepted = accepted;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (Observation.SourceSeen source : seen.sources()) {
            suspect(source.points())
                    .ifPresent(point -> findings.add(new Finding(Finding.State.ON, alert(source, point))));
            if (source.points().isEmpty() && seen.destinations().stream().anyMatch(one -> !one.isReached())) {
                findings.add(new Finding(Finding.State.UNKNOWN, alert(source.name(), "", "")));
            }
        }
        return findings;
    }

    /** The newest suspicious one that no later backup took back. */
    private Optional<PointSeen> suspect(List<PointSeen> points) {
        Optional<PointSeen> suspect = Optional.empty();
        for (int i = 0; i < points.size(); i++) {
            PointSeen point = points.get(i);
            if (isFlat(point) && !accepted.contains(point.id()) && isSuspicious(point, before(points, i))) {
                suspect = Optional.of(point);
            } else if (suspect.isPresent() && takesBack(point, suspect.get())) {
                suspect = Optional.empty();
            }
        }
        return suspect;
    }

    private static List<PointSeen> before(List<PointSeen> points, int index) {
        List<PointSeen> before = new ArrayList<>();
        for (int i = index - 1; i >= 0 && before.size() < LONGEST_HISTORY; i--) {
            if (points.get(i).kind() == points.get(index).kind()) {
                before.add(points.get(i));
            }
        }
        return before;
    }

    private static boolean isFlat(PointSeen point) {
        return point.amounts().added() >= LEAST_BYTES
                && point.amounts().touched() >= LEAST_FILES
                && ratio(point) <= FLAT;
    }

    private static boolean isSuspicious(PointSeen point, List<PointSeen> before) {
        if (before.size() < LEAST_HISTORY) {
            return false;
        }
        double usualRatio = median(
                before.stream()
                        .filter(one -> one.amounts().added() > 0)
                        .mapToDouble(ChangeRule::ratio)
                        .sorted()
                        .toArray(),
                COMPRESSIBLE);
        if (point.kind() == SnapshotKind.FULL) {
            return usualRatio >= COMPRESSIBLE;
        }
        double usualShare =
                median(before.stream().mapToDouble(ChangeRule::share).sorted().toArray(), 0);
        return share(point) >= MANY && share(point) >= TIMES * usualShare && usualRatio >= COMPRESSIBLE;
    }

    private static boolean takesBack(PointSeen point, PointSeen suspect) {
        boolean isAsMany = point.amounts().touched() * 2 >= suspect.amounts().touched();
        boolean isUsual = point.amounts().added() < LEAST_BYTES || ratio(point) >= COMPRESSIBLE;
        return isAsMany && isUsual && point.kind() == suspect.kind();
    }

    /** How many times smaller the new content became; very much for a run that stored nothing. */
    private static double ratio(PointSeen point) {
        return (double) point.amounts().added() / Math.max(1, point.amounts().stored());
    }

    private static double share(PointSeen point) {
        return (double) point.amounts().touched() / Math.max(1, point.amounts().files());
    }

    private static double median(double[] sorted, double none) {
        return sorted.length == 0 ? none : sorted[sorted.length / 2];
    }

    private Alert alert(Observation.SourceSeen source, PointSeen point) {
        return alert(
                source.name(),
                String.format(
                        Locale.ROOT,
                        "Snapshot %s of %s found %,d of %,d files new or changed, and their content does not compress:"
                                + " ransomware looks like that.",
                        point.id().substring(0, 8),
                        point.time(),
                        point.amounts().touched(),
                        point.amounts().files()),
                "Look at the source. Hold the snapshot before this one, and restore from that. If the change was meant, say so"
                        + " on the policy's page.");
    }

    private Alert alert(String source, String text, String advice) {
        return new Alert(seen.policy(), Alert.Kind.SUSPICIOUS_CHANGE, source, text, advice, seen.time());
    }
}
