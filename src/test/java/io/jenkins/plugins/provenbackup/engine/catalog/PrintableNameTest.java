package io.jenkins.plugins.provenbackup.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PrintableNameTest {

    @Property
    void canBeReadBack(@ForAll byte[] name) {
        assertThat(PrintableName.parse(PrintableName.of(name))).isEqualTo(name);
    }

    @Property
    void canBeReadBackForAnyText(@ForAll String text) {
        byte[] name = text.getBytes(StandardCharsets.UTF_8);
        assertThat(PrintableName.parse(PrintableName.of(name))).isEqualTo(name);
    }

    @Property
    void holdsNoControlCharacter(@ForAll byte[] name) {
        assertThat(PrintableName.of(name).codePoints().noneMatch(Character::isISOControl))
                .isTrue();
    }

    @Example
    void showsTextAsItIsAndTheRestInHex() {
        assertThat(PrintableName.of("Gr\u00fc\u00dfe \ud83d\ude00".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("Gr\u00fc\u00dfe \ud83d\ude00");
        assertThat(PrintableName.of(new byte[] {'a', (byte) 0xff, '\n', '\\', 'b'}))
                .isEqualTo("a\\xff\\x0a\\\\b");
    }

    @Example
    void letsNoNameCommandTheTerminal() {
        assertThat(PrintableName.of("\u009b2J".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("\\xc2\\x9b2J");
        assertThat(PrintableName.of("\u202egpj.exe".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("\\xe2\\x80\\xaegpj.exe");
    }

    @Example
    void refusesABackslashThatBeginsNothing() {
        for (String bad : List.of("a\\", "\\n", "\\x0", "\\xg0")) {
            assertThatThrownBy(() -> PrintableName.parse(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
