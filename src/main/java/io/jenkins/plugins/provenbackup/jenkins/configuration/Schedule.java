package io.jenkins.plugins.provenbackup.jenkins.configuration;

import hudson.scheduler.CronTab;
import hudson.scheduler.CronTabList;
import hudson.scheduler.Hash;
import hudson.scheduler.RareOrImpossibleDateException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;

/** Jenkins' cron syntax, with the name of a policy as the seed of its {@code H}. */
final class Schedule {

    private Schedule() {}

    /**
     * Reads one.
     *
     * @param timeZone empty for the controller's own
     * @throws IllegalArgumentException when it cannot be read
     */
    static CronTabList parse(String text, String policy, String timeZone) {
        String withZone = timeZone.isEmpty() || text.startsWith("TZ=") ? text : "TZ=" + timeZone + "\n" + text;
        return CronTabList.create(withZone, Hash.from(policy));
    }

    /** Says when the next run would be, and what looks like a mistake. */
    static String describe(String text, String policy, String timeZone) {
        String doubt = parse(text, policy, timeZone).checkSanity();
        if (doubt != null) {
            return doubt;
        }
        return ceil(text, policy, timeZone, System.currentTimeMillis())
                .map(time -> Messages.Schedule_next(DateTimeFormatter.ofLocalizedDateTime(
                                FormatStyle.FULL, FormatStyle.SHORT)
                        .format(time.toInstant().atZone(time.getTimeZone().toZoneId()))))
                .orElseGet(Messages::Schedule_never);
    }

    /**
     * The first time after a moment; empty when none will come.
     *
     * @param seed of its {@code H}
     * @param timeZone empty for the controller's own
     * @throws IllegalArgumentException when it cannot be read
     */
    static Optional<Instant> next(String text, String seed, String timeZone, Instant after) {
        Instant minute = after.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        return ceil(text, seed, timeZone, minute.toEpochMilli()).map(Calendar::toInstant);
    }

    private static Optional<Calendar> ceil(String text, String policy, String timeZone, long from) {
        List<String> lines = text.lines().map(String::strip).toList();
        boolean isZoned = !lines.isEmpty() && lines.get(0).startsWith("TZ=");
        String zone = isZoned ? lines.get(0).substring("TZ=".length()) : timeZone;
        String meant = zone.isEmpty() ? ZoneId.systemDefault().getId() : zone;
        Hash hash = Hash.from(policy);
        return lines.stream()
                .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith("TZ="))
                .map(line -> new CronTab(line, 1, hash, meant))
                .flatMap(tab -> ceil(tab, meant, from).stream())
                .min(Calendar::compareTo);
    }

    /** The table looks at the calendar's zone, and not at its own. */
    private static Optional<Calendar> ceil(CronTab tab, String zone, long from) {
        Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone(zone), Locale.US);
        calendar.setTimeInMillis(from);
        try {
            return Optional.of(tab.ceil(calendar));
        } catch (RareOrImpossibleDateException e) {
            return Optional.empty();
        }
    }
}
