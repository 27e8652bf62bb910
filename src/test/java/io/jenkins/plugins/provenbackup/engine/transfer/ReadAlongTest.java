package io.jenkins.plugins.provenbackup.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.archive.SealedBlock;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was read along waits, but never more of it than a few batches, whatever archives it comes from. */
class ReadAlongTest {

    private static final StreamId STREAM = StreamId.of(new byte[16]);
    private static final int LENGTH = 1 << 20;

    private final SpareArrays spare = new SpareArrays();
    private final ReadAlong readAlong = new ReadAlong();

    @Test
    void givesABlockOnceAndOnlyFromItsArchive() {
        OpenArchive archive = archive();
        ReadAlong.Sealed first = read(archive, 5, 3);

        assertThat(first.block().number()).isEqualTo(5);
        assertThat(readAlong.take(archive, STREAM, 5)).isEmpty();
        assertThat(readAlong.take(archive(), STREAM, 6)).isEmpty();
        assertThat(readAlong.take(archive, STREAM, 7)).isPresent();
        assertThat(readAlong.take(archive, STREAM, 7)).isEmpty();
    }

    @Test
    void usesAnArrayAgainWhenAllOfItsBlocksWereOpened() {
        OpenArchive archive = archive();
        ReadAlong.Sealed first = read(archive, 0, 2);
        ReadAlong.Sealed second = readAlong.take(archive, STREAM, 1).orElseThrow();
        byte[] array = first.block().bytes();

        first.batch().opened();
        assertThat(spare.take(LENGTH)).isNotSameAs(array);
        second.batch().opened();

        assertThat(spare.take(LENGTH)).isSameAs(array);
    }

    @Test
    void letsTheEldestGoAndItsArrayWithItUnlessItIsInUse() {
        List<OpenArchive> archives = new ArrayList<>();
        List<ReadAlong.Sealed> firsts = new ArrayList<>();
        for (int i = 0; i <= ReadAlong.MOST_BATCHES; i++) {
            archives.add(archive());
            firsts.add(read(archives.get(i), 0, 2));
        }

        assertThat(readAlong.take(archives.get(0), STREAM, 1)).isEmpty();
        assertThat(readAlong.take(archives.get(1), STREAM, 1)).isPresent();
        byte[] array = firsts.get(0).block().bytes();
        assertThat(spare.take(LENGTH)).as("its first block is in use").isNotSameAs(array);
        firsts.get(0).batch().opened();
        assertThat(spare.take(LENGTH)).isSameAs(array);
    }

    /** Reads so many blocks from an archive, which share an array. */
    private ReadAlong.Sealed read(OpenArchive archive, long first, int count) {
        ReadAlong.Batch batch = new ReadAlong.Batch(archive, STREAM, spare);
        byte[] bytes = batch.room(LENGTH);
        List<SealedBlock> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            blocks.add(new SealedBlock(STREAM, first + i, bytes, i, 1));
        }
        return readAlong.keep(batch, blocks);
    }

    /** One that nothing is read from; it is only told from others. */
    private OpenArchive archive() {
        return new OpenArchive(null, BlockLoader.Access.IN_ORDER, spare, readAlong);
    }
}
