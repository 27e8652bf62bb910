package io.jenkins.plugins.provenbackup.engine.charts;

import java.util.Locale;

/** What numbers are, how people read them, and where an axis has its lines. */
public enum Unit {
    /** In powers of 1024. */
    BYTES {
        @Override
        public String text(long value) {
            double amount = value;
            int power = 0;
            while (amount >= 1023.95 && power < BYTE_UNITS.length - 1) {
                amount /= 1024;
                power++;
            }
            return power == 0 ? value + " B" : String.format(Locale.ROOT, "%.1f %s", amount, BYTE_UNITS[power]);
        }

        @Override
        public String brief(long value) {
            int power = value == 0 ? 0 : (63 - Long.numberOfLeadingZeros(value)) / 10;
            return value == 0 ? "0" : decimal(value / Math.pow(1024, power)) + " " + BYTE_UNITS[power];
        }

        @Override
        long nextStep(long step) {
            return step * 2;
        }
    },

    /** In milliseconds. */
    MILLISECONDS {
        @Override
        public String text(long value) {
            long seconds = value / 1000;
            if (seconds < 10) {
                return String.format(Locale.ROOT, "%.1f s", value / 1000.0);
            }
            if (seconds < 60) {
                return seconds + " s";
            }
            return seconds < 3600
                    ? seconds / 60 + " min " + seconds % 60 + " s"
                    : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
        }

        @Override
        public String brief(long value) {
            if (value == 0) {
                return "0";
            }
            for (int unit = TIMES.length - 1; unit > 0; unit--) {
                if (value % TIMES[unit] == 0 && (TIMES[unit] < DAY || value >= 2 * DAY)) {
                    return value / TIMES[unit] + " " + TIME_UNITS[unit];
                }
            }
            return value < 1000 ? value + " ms" : decimal(value / 1000.0) + " s";
        }

        @Override
        String brief(long value, long step) {
            for (int unit = TIMES.length - 1; unit > 0 && value != 0; unit--) {
                if (step % TIMES[unit] == 0) {
                    return value / TIMES[unit] + " " + TIME_UNITS[unit];
                }
            }
            return brief(value);
        }

        @Override
        long nextStep(long step) {
            for (long next : TIME_STEPS) {
                if (next > step) {
                    return next;
                }
            }
            return step * 2;
        }
    },

    /** Of things. */
    COUNT {
        @Override
        public String text(long value) {
            return String.format(Locale.ROOT, "%,d", value);
        }

        @Override
        public String brief(long value) {
            return text(value);
        }

        @Override
        long nextStep(long step) {
            long power = 1;
            while (power <= step / 10) {
                power *= 10;
            }
            return step == 2 * power ? 5 * power : step * 2;
        }
    };

    private static final String[] BYTE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long[] TIMES = {1, SECOND, MINUTE, HOUR, DAY};
    private static final String[] TIME_UNITS = {"ms", "s", "min", "h", "d"};
    private static final long[] TIME_STEPS = {
        1,
        2,
        5,
        10,
        20,
        50,
        100,
        200,
        500,
        SECOND,
        2 * SECOND,
        5 * SECOND,
        10 * SECOND,
        15 * SECOND,
        30 * SECOND,
        MINUTE,
        2 * MINUTE,
        5 * MINUTE,
        10 * MINUTE,
        15 * MINUTE,
        30 * MINUTE,
        HOUR,
        2 * HOUR,
        3 * HOUR,
        6 * HOUR,
        12 * HOUR,
        DAY,
        2 * DAY,
        7 * DAY,
        14 * DAY,
        28 * DAY
    };

    /** The amount as the command line writes it: {@code 1.2 GiB}, {@code 3 min 5 s}, {@code 1,234}. */
    public abstract String text(long value);

    /** As short as an axis wants a round amount, and exact: {@code 1.5 GiB}, {@code 90 s}, {@code 24 h}. */
    public abstract String brief(long value);

    /** A multiple of a distance, in the unit in which that distance is a whole number: {@code 36 h} and {@code 48 h}. */
    String brief(long value, long step) {
        return brief(value);
    }

    /** The next larger distance of an axis' lines that people find round; 1 is the smallest. */
    abstract long nextStep(long step);

    private static String decimal(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
