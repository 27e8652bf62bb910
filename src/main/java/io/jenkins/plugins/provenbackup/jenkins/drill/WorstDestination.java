package io.jenkins.plugins.provenbackup.jenkins.drill;

import io.jenkins.plugins.provenbackup.engine.Amounts;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillPlace;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which destination of a policy a recovery drill restores from: the one of which there is most to fear. One that does not answer is worse
 * than any other. Of those that hold the newest recovery points, the worst is one whose last test failed, then one from which no restore
 * was measured in the last 90 days, then the slowest. A pure function.
 */
final class WorstDestination {

    /** Networks, servers and amounts change: what was measured before that counts for nothing. */
    static final Duration MEASURED_FOR = Duration.ofDays(90);

    private final Set<String> sources;
    private final Instant now;
    private final ZoneId zone;
    private final int most;

    /**
     * A destination, as it was found.
     *
     * @param name of it
     * @param silence why it does not answer; empty when it does
     * @param site whether it burns with the original
     * @param holds the sources whose newest recovery point is whole there
     * @param tests by source the newest recovery test that read from it alone
     */
    record Place(String name, Optional<String> silence, Site site, Set<String> holds, Map<String, Measured> tests) {
        Place {
            holds = Set.copyOf(holds);
            tests = Map.copyOf(tests);
        }
    }

    /** Whether a destination burns with the original. */
    enum Site {
        OFFSITE,
        ONSITE
    }

    /**
     * What a recovery test measured.
     *
     * @param at when it began
     * @param bytes that came back
     * @param restore how long that took
     * @param errors what was wrong; 0 for a test that passed
     */
    record Measured(Instant at, long bytes, Duration restore, long errors) {}

    /**
     * The choice.
     *
     * @param name of the destination
     * @param reason why it is the worst, in a sentence
     * @param places what is known of each, in the order of the policy
     */
    record Choice(String name, String reason, List<DrillPlace> places) {
        Choice {
            places = List.copyOf(places);
        }
    }

    /** What is to be feared, the worst first. */
    private enum Standing {
        SILENT,
        FAILED,
        UNMEASURED,
        MEASURED,
        /** Nobody would restore from it while another has more. */
        BEHIND
    }

    /** A destination with what is to be feared of it. */
    private record Judged(Place place, Standing standing, Optional<Instant> oldest, double rate, int order) {}

    private WorstDestination(List<Place> places, Set<String> sources, Instant now, ZoneId zone) {
        this.sources = sources;
        this.now = now;
        this.zone = zone;
        this.most = places.stream()
                .filter(place -> place.silence().isEmpty())
                .mapToInt(place -> place.holds().size())
                .max()
                .orElse(0);
    }

    /**
     * Chooses.
     *
     * @param places in the order of the policy, at least one
     * @param sources that have a recovery point
     * @param zone in which days are written
     */
    static Choice of(List<Place> places, Set<String> sources, Instant now, ZoneId zone) {
        return new WorstDestination(places, sources, now, zone).choose(places);
    }

    private Choice choose(List<Place> places) {
        List<Judged> judged = new ArrayList<>();
        for (Place place : places) {
            judged.add(judge(place, judged.size()));
        }
        Judged worst = judged.stream()
                .min(Comparator.comparing(Judged::standing)
                        .thenComparingDouble(Judged::rate)
                        // What was never measured is worse than what was measured long ago.
                        .thenComparing(one -> one.oldest().orElse(Instant.MIN))
                        .thenComparing(one -> one.place().site())
                        .thenComparing(Judged::order, Comparator.reverseOrder()))
                .orElseThrow();
        List<DrillPlace> shown = judged.stream()
                .map(one -> one.order() == worst.order() ? shown(one).asChosen() : shown(one))
                .toList();
        return new Choice(worst.place().name(), reason(worst, judged.size()), shown);
    }

    private Judged judge(Place place, int order) {
        List<Measured> tests = sources.stream()
                .flatMap(source -> Optional.ofNullable(place.tests().get(source)).stream())
                .toList();
        Optional<Instant> oldest = tests.size() < sources.size()
                ? Optional.empty()
                : tests.stream().map(Measured::at).min(Comparator.naturalOrder());
        Standing standing = standing(place, tests, oldest);
        return new Judged(place, standing, oldest, standing == Standing.MEASURED ? rate(tests) : 0, order);
    }

    private Standing standing(Place place, List<Measured> tests, Optional<Instant> oldest) {
        if (place.silence().isPresent()) {
            return Standing.SILENT;
        } else if (place.holds().size() < most) {
            return Standing.BEHIND;
        } else if (tests.stream().anyMatch(test -> test.errors() > 0)) {
            return Standing.FAILED;
        }
        boolean isMeasured = oldest.isPresent() && !oldest.get().isBefore(now.minus(MEASURED_FOR));
        return isMeasured ? Standing.MEASURED : Standing.UNMEASURED;
    }

    /** Bytes per second, since amounts differ from test to test. */
    private static double rate(List<Measured> tests) {
        long bytes = tests.stream().mapToLong(Measured::bytes).sum();
        long millis =
                tests.stream().mapToLong(test -> test.restore().toMillis()).sum();
        return bytes * 1000.0 / Math.max(1, millis);
    }

    private DrillPlace shown(Judged one) {
        String name = one.place().name();
        return switch (one.standing()) {
            case SILENT ->
                DrillPlace.silent(
                        name, "Does not answer: " + one.place().silence().orElse(""));
            case BEHIND -> DrillPlace.answering(name, "Does not hold the newest recovery point whole.");
            case FAILED -> DrillPlace.answering(name, "The last recovery test from it alone failed.");
            case UNMEASURED ->
                DrillPlace.answering(
                        name,
                        one.oldest()
                                .map(time -> "The last restore from it alone was measured on " + day(time) + ".")
                                .orElse("No restore of everything from it alone was measured yet."));
            case MEASURED ->
                DrillPlace.answering(
                        name,
                        "The last restore from it alone, on " + day(one.oldest().orElseThrow()) + ", brought back "
                                + Amounts.size(Math.round(one.rate())) + " a second.");
        };
    }

    private String reason(Judged worst, int all) {
        if (worst.standing() == Standing.SILENT) {
            return "It does not answer, and nothing is worse when it is needed.";
        } else if (all == 1) {
            return "It is the only destination.";
        }
        return switch (worst.standing()) {
            case FAILED -> "The last recovery test from it alone failed.";
            case UNMEASURED ->
                worst.oldest().isPresent()
                        ? "It is the one from which no restore was measured for the longest time."
                        : "No restore of everything from it alone was measured yet.";
            case MEASURED -> "The last restore from it alone was the slowest of all.";
            case SILENT, BEHIND -> throw new IllegalStateException(worst.toString());
        };
    }

    private LocalDate day(Instant time) {
        return time.atZone(zone).toLocalDate();
    }
}
