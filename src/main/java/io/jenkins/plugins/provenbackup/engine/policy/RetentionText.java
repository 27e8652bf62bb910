package io.jenkins.plugins.provenbackup.engine.policy;

import java.util.ArrayList;
import java.util.List;

/** Retention rules in words. */
public final class RetentionText {

    private RetentionText() {}

    /** Like {@code 7 daily, 4 weekly}. */
    public static String of(RetentionRules rules) {
        if (rules.isEmpty()) {
            return "keep everything";
        }
        List<String> parts = new ArrayList<>();
        add(parts, rules.last(), "last");
        add(parts, rules.hourly(), "hourly");
        add(parts, rules.daily(), "daily");
        add(parts, rules.weekly(), "weekly");
        add(parts, rules.monthly(), "monthly");
        add(parts, rules.yearly(), "yearly");
        rules.within().ifPresent(span -> parts.add("all within " + span));
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, int count, String word) {
        if (count > 0) {
            parts.add(count + " " + word);
        }
    }
}
