package io.jenkins.plugins.provenbackup.engine.policy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many copies there must be and where, like 3-2-1: 3 copies, the original among them, on 2 media, 1 of them offsite; or
 * like 3-2-1-1-0, where 1 is immutable or offline and the last recovery test found 0 errors.
 *
 * @param copies the original included, 1 to 9
 * @param media different ones, 1 to 9
 * @param offsite copies away from the original, 0 to 9
 * @param extension the last two numbers
 */
public record CopyRule(int copies, int media, int offsite, Extension extension) {

    /**
     * What the modern form adds.
     *
     * @param immutable copies that cannot be changed, 0 to 9
     * @param proof whether the last recovery test must have found no error
     */
    public record Extension(int immutable, Proof proof) {
        static final Extension NONE = new Extension(0, Proof.NOT_ASKED);
    }

    /** Whether zero errors are asked for. */
    public enum Proof {
        NOT_ASKED,
        ZERO_ERRORS
    }

    private static final Pattern FORM = Pattern.compile("([1-9])-([1-9])-([0-9])(?:-([0-9])-0)?");

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static CopyRule parse(String text) {
        Matcher rule = FORM.matcher(text);
        if (!rule.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no rule for copies: write 3-2-1 (copies, media,"
                    + " offsite) or 3-2-1-1-0 (and immutable, errors)");
        }
        Extension extension = rule.group(4) == null
                ? Extension.NONE
                : new Extension(Integer.parseInt(rule.group(4)), Proof.ZERO_ERRORS);
        return new CopyRule(
                Integer.parseInt(rule.group(1)),
                Integer.parseInt(rule.group(2)),
                Integer.parseInt(rule.group(3)),
                extension);
    }

    @Override
    public String toString() {
        String text = copies + "-" + media + "-" + offsite;
        return extension.proof() == Proof.ZERO_ERRORS ? text + "-" + extension.immutable() + "-0" : text;
    }
}
