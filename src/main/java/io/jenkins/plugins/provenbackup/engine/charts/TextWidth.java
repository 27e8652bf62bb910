package io.jenkins.plugins.provenbackup.engine.charts;

/** How wide text is about, in units of a drawing: only the browser knows, and an estimate is enough to keep labels apart. */
final class TextWidth {

    private static final double NARROW = 7.2;
    private static final double WIDE = 13;

    private TextWidth() {}

    static double of(String text) {
        return text.codePoints().mapToDouble(TextWidth::of).sum();
    }

    /** The text, or so much of its beginning as fits, with an ellipsis. */
    static String cut(String text, double room) {
        if (of(text) <= room) {
            return text;
        }
        StringBuilder cut = new StringBuilder();
        double left = room - of("…");
        for (int codePoint : text.codePoints().toArray()) {
            left -= of(codePoint);
            if (left < 0) {
                break;
            }
            cut.appendCodePoint(codePoint);
        }
        return cut + "…";
    }

    private static double of(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        return Character.isIdeographic(codePoint) || codePoint > 0x1F000 || "MW@%".indexOf(codePoint) >= 0
                ? WIDE
                : NARROW;
    }
}
