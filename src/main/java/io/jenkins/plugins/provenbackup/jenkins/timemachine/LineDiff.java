package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import java.util.ArrayList;
import java.util.List;

/** The lines of two texts side by side: common ones, removed ones, added ones. */
final class LineDiff {

    /** More pairs than that are not compared: then all of the old text counts as removed, all of the new one as added. */
    private static final long MOST = 4_000_000;

    private static final int CONTEXT = 4;

    private LineDiff() {}

    /** Compares; long stretches of what is common are left out, with a mark in their place. */
    static List<DiffLine> of(List<String> before, List<String> after) {
        int start = 0;
        int beforeEnd = before.size();
        int afterEnd = after.size();
        while (start < beforeEnd && start < afterEnd && before.get(start).equals(after.get(start))) {
            start++;
        }
        while (beforeEnd > start
                && afterEnd > start
                && before.get(beforeEnd - 1).equals(after.get(afterEnd - 1))) {
            beforeEnd--;
            afterEnd--;
        }
        List<DiffLine> lines = new ArrayList<>();
        for (int i = 0; i < start; i++) {
            lines.add(DiffLine.common(i + 1, i + 1, before.get(i)));
        }
        addMiddle(before, after, new Range(start, beforeEnd, afterEnd), lines);
        for (int i = beforeEnd, j = afterEnd; i < before.size(); i++, j++) {
            lines.add(DiffLine.common(i + 1, j + 1, before.get(i)));
        }
        return shortened(lines);
    }

    /** Where the texts differ. */
    private record Range(int start, int beforeEnd, int afterEnd) {}

    private static void addMiddle(List<String> before, List<String> after, Range range, List<DiffLine> lines) {
        int rows = range.beforeEnd() - range.start();
        int columns = range.afterEnd() - range.start();
        int[][] common = (long) rows * columns > MOST ? new int[0][0] : lengths(before, after, range);
        int i = 0;
        int j = 0;
        while (i < rows || j < columns) {
            int x = range.start() + i;
            int y = range.start() + j;
            if (i < rows && j < columns && common.length > 0 && before.get(x).equals(after.get(y))) {
                lines.add(DiffLine.common(x + 1, y + 1, before.get(x)));
                i++;
                j++;
            } else if (i < rows && (j == columns || common.length == 0 || common[i + 1][j] >= common[i][j + 1])) {
                lines.add(DiffLine.removed(x + 1, before.get(x)));
                i++;
            } else {
                lines.add(DiffLine.added(y + 1, after.get(y)));
                j++;
            }
        }
    }

    /** The length of the longest common subsequence from each pair of lines on. */
    private static int[][] lengths(List<String> before, List<String> after, Range range) {
        int rows = range.beforeEnd() - range.start();
        int columns = range.afterEnd() - range.start();
        int[][] common = new int[rows + 1][columns + 1];
        for (int i = rows - 1; i >= 0; i--) {
            for (int j = columns - 1; j >= 0; j--) {
                common[i][j] = before.get(range.start() + i).equals(after.get(range.start() + j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    private static List<DiffLine> shortened(List<DiffLine> lines) {
        List<DiffLine> kept = new ArrayList<>();
        boolean[] near = new boolean[lines.size()];
        for (int i = 0; i < near.length; i++) {
            if (lines.get(i).isChange()) {
                for (int j = Math.max(0, i - CONTEXT); j <= Math.min(near.length - 1, i + CONTEXT); j++) {
                    near[j] = true;
                }
            }
        }
        for (int i = 0; i < near.length; i++) {
            if (near[i]) {
                kept.add(lines.get(i));
            } else if (i == 0 || near[i - 1]) {
                kept.add(DiffLine.gap());
            }
        }
        return kept;
    }
}
