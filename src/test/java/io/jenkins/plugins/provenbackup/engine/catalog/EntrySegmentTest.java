package io.jenkins.plugins.provenbackup.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EntrySegmentTest {

    @Property(tries = 100)
    void readsBackEveryKindOfEntryAndWritesTheSameBytesAgain(@ForAll("trees") List<Entry> entries) throws Exception {
        Assume.that(!entries.isEmpty());
        byte[] segment = encode(entries);

        List<Entry> decoded = EntrySegmentDecoder.decode(segment, "segment");

        assertThat(decoded).isEqualTo(entries);
        assertThat(encode(decoded)).isEqualTo(segment);
    }

    @Property(tries = 300)
    void takesOrRefusesWhateverItIsGiven(@ForAll("trees") List<Entry> entries, @ForAll long seed) {
        Assume.that(!entries.isEmpty());
        byte[] valid = encode(entries);
        Random random = new Random(seed);

        for (int i = 0; i < 20; i++) {
            byte[] segment = mutate(valid, random);
            assertTakenOrRefused(() -> EntrySegmentDecoder.decode(segment, "segment"));
        }
    }

    @Property(tries = 500)
    void takesOrRefusesWhateverListItIsGiven(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] list = new byte[random.nextInt(200)];
        random.nextBytes(list);
        for (int i = 0; i < list.length; i++) {
            list[i] = random.nextBoolean() ? (byte) (list[i] & 7) : list[i];
        }

        assertTakenOrRefused(() -> ListSegment.decode(list, "list"));
        assertTakenOrRefused(() -> ContentSegment.decode(list, "content"));
    }

    @Provide
    Arbitrary<List<Entry>> trees() {
        return EntryArbitraries.trees();
    }

    @Test
    void hasTheBytesThatTheFormatStates() {
        Metadata metadata = new Metadata(
                0644, 1, 2, "u", "g", Instant.ofEpochSecond(-1, 5), Instant.ofEpochSecond(1), 300, 0, List.of());
        Entry root = Entry.of(new Node(EntryPath.ROOT, EntryType.DIRECTORY, metadata, 0, ByteString.EMPTY));
        Entry link = Entry.of(new Node(SampleTree.path("a"), EntryType.SYMLINK, metadata, 0, ByteString.utf8("t")));
        Entry file = new Entry(
                new Node(SampleTree.path("ab"), EntryType.FILE, metadata, 130, ByteString.EMPTY),
                new FileContent.Extents(List.of(new Extent.Hole(130))));
        String common = "a403" + "00" + "0105" + "0200" + "ac02" + "00" + "00";

        assertThat(encode(List.of(root, link, file)))
                .asHexString()
                .isEqualToIgnoringCase("01" + "00" + "01" + "0102" + "0175" + "0167" + "03"
                        + ("0000" + "02" + common)
                        + ("000161" + "03" + common + "0174")
                        + ("010162" + "01" + common + "8201" + "00" + "01" + "00" + "8201"));
    }

    @Test
    void refusesPathsThatDoNotRise() {
        List<Entry> entries = List.of(SampleTree.file("b", 1), SampleTree.file("a", 2));

        assertRefused(encode(entries), "'a' does not come after 'b'");
        assertRefused(encode(List.of(entries.get(0), entries.get(0))), "'b' does not come after 'b'");
    }

    @Test
    void refusesPathsThatLeadOutOfTheTree() {
        for (String name : List.of("..", "x/", "/x", "./", "a\0")) {
            assertRefused(withName(name), "not a path inside a snapshot");
        }
    }

    @Test
    void refusesMoreThanItsBytesCanHold() {
        byte[] segment = new FieldWriter().u8(1).varint(Long.MAX_VALUE).toByteArray();
        assertRefused(segment, "the number of streams");
        assertRefused(new FieldWriter().u8(1).varint(0).varint(0).varint(5000).toByteArray(), "the number of entries");
        assertRefused(new FieldWriter().u8(2).toByteArray(), "kind 2");
        assertRefused(encode(List.of(SampleTree.file("b", 1)), new byte[] {0}), "follow its end");
    }

    private static byte[] withName(String name) {
        byte[] segment = encode(List.of(SampleTree.file("Q".repeat(name.length()), 1)));
        for (int i = 0; i + name.length() <= segment.length; i++) {
            if (segment[i] == 'Q') {
                for (int j = 0; j < name.length(); j++) {
                    segment[i + j] = (byte) name.charAt(j);
                }
                return segment;
            }
        }
        throw new AssertionError("no name found");
    }

    static byte[] encode(List<Entry> entries) {
        EntrySegmentEncoder encoder = new EntrySegmentEncoder();
        entries.forEach(encoder::add);
        return encoder.finish();
    }

    private static byte[] encode(List<Entry> entries, byte[] more) {
        return new FieldWriter().raw(encode(entries)).raw(more).toByteArray();
    }

    private static byte[] mutate(byte[] segment, Random random) {
        byte[] mutated = segment.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(mutated.length);
            switch (random.nextInt(4)) {
                case 0 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> mutated[at] = (byte) 0xff;
                case 2 -> mutated = Arrays.copyOf(mutated, Math.max(1, at));
                default -> mutated[at]++;
            }
        }
        return mutated;
    }

    private interface Decoding {
        Object run() throws Exception;
    }

    private static void assertTakenOrRefused(Decoding decoding) {
        try {
            assertThat(decoding.run()).isNotNull();
        } catch (MalformedException e) {
            assertThat(e).hasMessageContaining("is malformed");
        } catch (Exception e) {
            throw new AssertionError("neither taken nor refused", e);
        }
    }

    private static void assertRefused(byte[] segment, String why) {
        assertThatThrownBy(() -> EntrySegmentDecoder.decode(segment, "this segment"))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("this segment")
                .hasMessageContaining(why);
    }
}
