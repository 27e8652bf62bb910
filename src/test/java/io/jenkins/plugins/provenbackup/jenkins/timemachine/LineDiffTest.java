package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Lines of two texts side by side. */
class LineDiffTest {

    @Test
    void showsWhatChangedWithALittleAround() {
        List<String> before = new ArrayList<>();
        for (int i = 1; i <= 30; i++) {
            before.add("line " + i);
        }
        List<String> after = new ArrayList<>(before);
        after.set(19, "other");

        List<DiffLine> lines = LineDiff.of(before, after);

        assertThat(lines)
                .extracting(line -> line.getMark() + line.getText())
                .containsExactly(
                        "...",
                        " line 16",
                        " line 17",
                        " line 18",
                        " line 19",
                        "-line 20",
                        "+other",
                        " line 21",
                        " line 22",
                        " line 23",
                        " line 24",
                        "...");
        assertThat(lines.get(5).getBefore()).isEqualTo("20");
        assertThat(lines.get(6).getAfter()).isEqualTo("20");
    }

    @Test
    void sameTextsHaveNothingToShow() {
        assertThat(LineDiff.of(List.of("a", "b"), List.of("a", "b")))
                .extracting(DiffLine::isChange)
                .doesNotContain(true);
    }

    @Property(tries = 500)
    void removedAndAddedLinesAreThoseOfTheTexts(
            @ForAll @Size(max = 12) List<@CharRange(from = 'a', to = 'c') Character> before,
            @ForAll @Size(max = 12) List<@CharRange(from = 'a', to = 'c') Character> after) {
        List<String> old = before.stream().map(String::valueOf).toList();
        List<String> recent = after.stream().map(String::valueOf).toList();

        List<DiffLine> lines = LineDiff.of(old, recent);

        List<String> rebuilt = new ArrayList<>(old);
        // From the end, so that the numbers before stay right.
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).getStyle().equals("removed")) {
                assertThat(rebuilt.remove(Integer.parseInt(lines.get(i).getBefore()) - 1))
                        .isEqualTo(lines.get(i).getText());
            }
        }
        for (DiffLine line : lines) {
            if (line.getStyle().equals("added")) {
                rebuilt.add(Integer.parseInt(line.getAfter()) - 1, line.getText());
            }
        }
        assertThat(rebuilt).isEqualTo(recent);
    }
}
