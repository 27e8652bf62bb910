package io.jenkins.plugins.provenbackup.engine.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.archive.ArchiveIndex.BlockEntry;
import io.jenkins.plugins.provenbackup.engine.archive.ArchiveIndex.StreamEntry;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ArchiveIndexTest {

    private static final long END = 16 << 20;

    private static byte[] varints(long... values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (long value : values) {
            Varint.write(out, value);
        }
        return out.toByteArray();
    }

    @Test
    void isEncodedAsTheFormatSays() {
        ArchiveIndex index = new ArchiveIndex(
                List.of(new StreamEntry(4, List.of(new BlockEntry(0, 1218, 300), new BlockEntry(1, 1518, 22)))));

        assertThat(index.encode()).containsExactly(1, 4, 2, 0, 0xc2, 0x09, 0xac, 0x02, 1, 0xee, 0x0b, 22);
    }

    @Property(tries = 100)
    void parsesWhatItEncoded(@ForAll long seed) throws DamagedException {
        Random random = new Random(seed);
        List<StreamEntry> streams = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            List<BlockEntry> blocks = new ArrayList<>();
            for (int j = random.nextInt(50); j > 0; j--) {
                int length = 21 + random.nextInt(1 << 20);
                blocks.add(new BlockEntry(j * 1000L, 4 + random.nextInt((int) END - 4 - length), length));
            }
            streams.add(new StreamEntry(4 + random.nextInt(1000), blocks));
        }
        ArchiveIndex index = new ArchiveIndex(streams);

        assertThat(ArchiveIndex.parse(index.encode(), END)).isEqualTo(index);
    }

    @Property(tries = 2000)
    void anyBytesAreAnIndexOrDamage(@ForAll @Size(max = 60) byte[] bytes) {
        try {
            assertThat(ArchiveIndex.parse(bytes, 2000).streams()).hasSizeLessThanOrEqualTo(bytes.length);
        } catch (DamagedException e) {
            assertThat(e).hasMessageContaining("index");
        }
    }

    @Property(tries = 1000)
    void aChangedIndexNamesNothingOutsideTheArchive(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = varints(2, 4, 2, 0, 1218, 300, 1, 1518, 100, 1700, 1, 7, 3000, 40);
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        try {
            for (StreamEntry stream : ArchiveIndex.parse(bytes, 3040).streams()) {
                assertThat(stream.headerOffset()).isBetween(4L, 3040L - 1214);
                assertThat(stream.blocks()).allMatch(block -> block.offset() >= 4 && block.end() <= 3040);
            }
        } catch (DamagedException e) {
            assertThat(e).hasMessageContaining("index");
        }
    }

    private static void assertRefused(String why, byte[] bytes) {
        assertThatThrownBy(() -> ArchiveIndex.parse(bytes, END))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining(why);
    }

    @Test
    void refusesCountsItHasNoRoomFor() {
        assertRefused("more entries", varints(Long.MAX_VALUE, 4, 0));
        assertRefused("more entries", varints(1, 4, Integer.MAX_VALUE, 0, 1218, 300));
    }

    @Test
    void refusesBlocksOutsideTheArchive() {
        assertRefused("outside", varints(1, 4, 1, 0, END - 299, 300));
        assertRefused("outside", varints(1, 4, 1, 0, 3, 300));
        assertRefused("outside", varints(1, 4, 1, 0, Long.MAX_VALUE, 300));
        assertRefused("outside", varints(1, END - 1213, 0));
    }

    @Test
    void refusesBlocksNoWriterMakes() {
        assertRefused("cannot have", varints(1, 4, 1, 0, 1218, 20));
        assertRefused("cannot have", varints(1, 4, 1, 0, 1218, 9 << 20));
        assertRefused("no block number", varints(1, 4, 1, 1L << 31, 1218, 300));
        assertRefused("twice", varints(1, 4, 2, 5, 1218, 300, 5, 1518, 300));
    }

    @Test
    void refusesWhatFollowsItsEnd() {
        assertRefused("follow", varints(0, 0));
        assertRefused("cut short", new byte[0]);
        assertRefused("cut short", new byte[] {(byte) 0x80});
    }
}
