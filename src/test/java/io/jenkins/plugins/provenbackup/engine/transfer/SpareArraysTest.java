package io.jenkins.plugins.provenbackup.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpareArraysTest {

    private static final int MIB = 1 << 20;

    private final SpareArrays spare = new SpareArrays();

    @Test
    void givesAnArrayAgainOnceItCameBack() {
        byte[] first = spare.take(2 * MIB);
        byte[] second = spare.take(2 * MIB);
        spare.giveBack(first);

        assertThat(second).isNotSameAs(first);
        assertThat(spare.take(2 * MIB - 1000)).isSameAs(first);
        assertThat(spare.take(2 * MIB)).isNotSameAs(first).isNotSameAs(second);
    }

    @Test
    void givesNoneThatIsTooSmallOrFarTooLarge() {
        byte[] array = spare.take(2 * MIB);
        spare.giveBack(array);

        assertThat(spare.take(2 * MIB + 1)).isNotSameAs(array).hasSizeGreaterThan(2 * MIB);
        assertThat(spare.take(MIB - 1)).isNotSameAs(array);
        assertThat(spare.take(MIB)).isSameAs(array);
    }

    @Test
    void keepsOnlyAFew() {
        byte[] eldest = new byte[MIB];
        spare.giveBack(eldest);
        for (int i = 0; i < 4; i++) {
            spare.giveBack(new byte[MIB]);
        }

        for (int i = 0; i < 4; i++) {
            assertThat(spare.take(MIB)).isNotSameAs(eldest);
        }
        assertThat(spare.take(100)).hasSize(100);
    }
}
