package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.crypto.SourceId;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a manifest's object.
 *
 * @param source whose snapshot it is
 * @param sequence place in the source's history, 1 and up
 * @param generation 0 and up; a higher one replaces the lower ones of the same snapshot
 * @param hash SHA-256 of the object
 */
public record ManifestName(SourceId source, long sequence, int generation, ObjectHash hash) {

    private static final long MOST_SEQUENCE = 9_999_999_999L;
    private static final int MOST_GENERATION = 9_999;

    /**
     * Checks that the numbers have room in a name, so that what is put is found again.
     *
     * @throws IllegalArgumentException when they do not
     */
    public ManifestName {
        if (sequence < 0 || sequence > MOST_SEQUENCE || generation < 0 || generation > MOST_GENERATION) {
            throw new IllegalArgumentException("no manifest can be named for sequence " + sequence + ", generation "
                    + generation + ": they have ten and four digits");
        }
    }

    /** Newest last: by sequence, then generation, then hash. */
    static final Comparator<ManifestName> OLDEST_FIRST = Comparator.comparingLong(ManifestName::sequence)
            .thenComparingInt(ManifestName::generation)
            .thenComparing(ManifestName::hash);

    private static final Pattern FORM =
            Pattern.compile("snapshots/([0-9a-f]{32})/([0-9]{10})-([0-9]{4})-([0-9a-f]{64})");

    /** The name as an object's, or empty when the object is none of ours. */
    public static Optional<ManifestName> parse(String object) {
        Matcher m = FORM.matcher(object);
        return m.matches()
                ? Optional.of(new ManifestName(
                        new SourceId(m.group(1)),
                        Long.parseLong(m.group(2)),
                        Integer.parseInt(m.group(3)),
                        ObjectHash.parse(m.group(4))))
                : Optional.empty();
    }

    /** The object's name. */
    public String object() {
        return String.format(Locale.ROOT, "%s/%010d-%04d-%s", Layout.snapshots(source), sequence, generation, hash);
    }
}
