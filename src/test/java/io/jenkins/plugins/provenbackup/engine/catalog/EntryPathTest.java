package io.jenkins.plugins.provenbackup.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EntryPathTest {

    @Property
    void ordersLikeItsComponents(@ForAll("paths") List<byte[]> first, @ForAll("paths") List<byte[]> second) {
        assertThat(Integer.signum(path(first).compareTo(path(second))))
                .isEqualTo(Integer.signum(compare(first, second)));
    }

    @Property
    void isMadeOfParentAndName(@ForAll("paths") List<byte[]> components) {
        EntryPath path = path(components);

        assertThat(path.depth()).isEqualTo(components.size());
        assertThat(EntryPath.of(path.toByteArray())).isEqualTo(path).hasSameHashCodeAs(path);
        assertThat(EntryPath.parse(path.toString())).isEqualTo(path);
        assertThat(path.isWithin(path.parent())).isTrue();
        if (!components.isEmpty()) {
            assertThat(path.parent().child(path.name())).isEqualTo(path);
            assertThat(path.name()).isEqualTo(components.get(components.size() - 1));
            assertThat(path.relativeTo(path.parent())).isEqualTo(EntryPath.ROOT.child(path.name()));
            assertThat(path.parent()).isLessThan(path);
        }
    }

    @Example
    void sortsADirectoryBeforeWhatItHoldsAndThatBeforeItsNeighbours() {
        assertThat(List.of(path("a"), path("a/b"), path("a-b"), path("a/c"), EntryPath.ROOT).stream()
                        .sorted()
                        .map(EntryPath::toString))
                .containsExactly("", "a", "a/b", "a/c", "a-b");
    }

    @Example
    void isWithinWholeComponentsOnly() {
        assertThat(path("a/b").isWithin(path("a"))).isTrue();
        assertThat(path("ab").isWithin(path("a"))).isFalse();
        assertThat(path("a").isWithin(path("a/b"))).isFalse();
        assertThatThrownBy(() -> path("ab").relativeTo(path("a"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Example
    void refusesWhatLeadsOutside() {
        for (String bad : List.of("/", "/a", "a/", "a//b", ".", "..", "a/..", "../a", "a/./b", "a\0b")) {
            assertThatThrownBy(() -> path(bad)).as(bad).isInstanceOf(IllegalArgumentException.class);
        }
        for (String bad : List.of("", ".", "..", "a/b", "/", "\0")) {
            assertThatThrownBy(() -> path("x").child(bad.getBytes(StandardCharsets.UTF_8)))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> EntryPath.of(new byte[EntryPath.MAX_LENGTH + 1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void resolvesWhatWasMadeRelative(@ForAll("paths") List<byte[]> front, @ForAll("paths") List<byte[]> back) {
        EntryPath directory = path(front);
        EntryPath whole = directory;
        for (byte[] component : back) {
            whole = whole.child(component);
        }

        assertThat(directory.resolve(whole.relativeTo(directory))).isEqualTo(whole);
    }

    @Provide
    Arbitrary<List<byte[]>> paths() {
        Arbitrary<byte[]> component = Arbitraries.of(
                        (byte) '-', (byte) '.', (byte) '0', (byte) 'a', (byte) 1, (byte) 0xff)
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(3)
                .filter(name -> !Arrays.equals(name, new byte[] {'.'}) && !Arrays.equals(name, new byte[] {'.', '.'}));
        return component.list().ofMaxSize(4);
    }

    private static int compare(List<byte[]> first, List<byte[]> second) {
        for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
            int order = Arrays.compareUnsigned(first.get(i), second.get(i));
            if (order != 0) {
                return order;
            }
        }
        return first.size() - second.size();
    }

    private static EntryPath path(List<byte[]> components) {
        EntryPath path = EntryPath.ROOT;
        for (byte[] component : components) {
            path = path.child(component);
        }
        return path;
    }

    private static EntryPath path(String text) {
        return EntryPath.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
