package io.jenkins.plugins.provenbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.charts.Unit;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Charts write amounts exactly as the command line does. */
class ChartFiguresTest {

    @Property
    void bytes(@ForAll @LongRange(max = Long.MAX_VALUE) long bytes) {
        assertThat(Unit.BYTES.text(bytes)).isEqualTo(Figures.size(bytes));
    }

    @Property
    void durations(@ForAll @LongRange(max = 1_000_000_000_000L) long millis) {
        assertThat(Unit.MILLISECONDS.text(millis)).isEqualTo(Figures.duration(Duration.ofMillis(millis)));
    }

    @Property
    void counts(@ForAll @LongRange(max = Long.MAX_VALUE) long count) {
        assertThat(Unit.COUNT.text(count)).isEqualTo(Figures.count(count));
    }
}
