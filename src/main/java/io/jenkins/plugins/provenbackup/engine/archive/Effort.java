package io.jenkins.plugins.provenbackup.engine.archive;

/**
 * How hard to try to compress a content, told by a cheap look at how evenly its bytes are spread: Pearson's chi-squared
 * over samples of 16 KiB in all. What is compressed or encrypted already looks like noise, and zstd finds little more in it
 * at level 3 than at level 1, for three times the time (measured on jars, shared libraries and a JENKINS_HOME).
 */
enum Effort {
    /** Indistinguishable from noise; compressing would be in vain. */
    NONE,
    /** Close to noise: what can be gained, level 1 gains. */
    LITTLE,
    /** Anything else. */
    FULL;

    private static final int SAMPLES = 16;
    private static final int SAMPLE = 1 << 10;

    /** Below this length a look does not pay. */
    private static final int SHORTEST = 4 * SAMPLES * SAMPLE;

    /** Noise gives 255, and above 400 once in many millions. */
    private static final double NOISE = 400;

    private static final double CLOSE_TO_NOISE = 8_000;

    static Effort worthFor(byte[] content, int offset, int length) {
        if (length < SHORTEST) {
            return FULL;
        }
        double unevenness = chiSquared(content, offset, length);
        if (unevenness < NOISE) {
            return NONE;
        }
        return unevenness < CLOSE_TO_NOISE ? LITTLE : FULL;
    }

    private static double chiSquared(byte[] content, int offset, int length) {
        int[] counts = new int[256];
        for (int sample = 0; sample < SAMPLES; sample++) {
            int start = offset + (int) ((long) (length - SAMPLE) * sample / (SAMPLES - 1));
            for (int i = start; i < start + SAMPLE; i++) {
                counts[content[i] & 0xff]++;
            }
        }
        long squares = 0;
        for (int count : counts) {
            squares += (long) count * count;
        }
        double all = SAMPLES * SAMPLE;
        return squares * counts.length / all - all;
    }
}
