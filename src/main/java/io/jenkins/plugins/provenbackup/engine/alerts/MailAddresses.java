package io.jenkins.plugins.provenbackup.engine.alerts;

import java.util.List;
import java.util.regex.Pattern;

/** Mail addresses that somebody typed, without names: {@code ops@example.org, boss@example.org}. */
public final class MailAddresses {

    private static final int LONGEST = 254;
    private static final String PART = "[^\\s\\p{Cntrl}@<>()\\[\\]\\\\,;:\"]+";
    private static final Pattern ADDRESS = Pattern.compile(PART + "@" + PART);
    private static final Pattern BETWEEN = Pattern.compile("[\\s,;]+");

    private MailAddresses() {}

    /**
     * Reads addresses that white space, commas or semicolons part; each once.
     *
     * @throws IllegalArgumentException when one is none, in words for the user
     */
    public static List<String> parse(String text) {
        List<String> addresses = BETWEEN.splitAsStream(text)
                .filter(one -> !one.isEmpty())
                .distinct()
                .toList();
        for (String one : addresses) {
            if (one.length() > LONGEST || !ADDRESS.matcher(one).matches()) {
                throw new IllegalArgumentException("'" + one + "' is no mail address: write like ops@example.org");
            }
        }
        return addresses;
    }
}
