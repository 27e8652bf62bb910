package io.jenkins.plugins.provenbackup.engine.charts;

/**
 * What a chart says of its own accord, in the reader's language.
 *
 * @param numbers opens the table of the numbers
 * @param none stands where there are none
 */
public record ChartWords(String numbers, String none) {

    /** In English. */
    public static final ChartWords ENGLISH = new ChartWords("Show the numbers", "Nothing to show yet");
}
