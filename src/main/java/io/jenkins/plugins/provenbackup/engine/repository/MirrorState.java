package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.catalog.FieldReader;
import io.jenkins.plugins.provenbackup.engine.catalog.FieldWriter;
import io.jenkins.plugins.provenbackup.engine.catalog.MalformedException;
import java.time.Instant;

/**
 * One complete run of a mirror.
 *
 * @param run its id
 * @param target where the mirror is
 * @param sequence 1 and up; the highest of a target counts
 * @param start of the run
 * @param end when the last file had been read
 * @param parts how many objects list its files
 */
public record MirrorState(RunId run, String target, long sequence, Instant start, Instant end, int parts) {

    private static final int LONGEST_TARGET = 1 << 16;

    static MirrorState read(RunId run, FieldReader in) throws MalformedException {
        MirrorState state = new MirrorState(
                run, in.text("target", LONGEST_TARGET), in.varint("sequence"), in.time("start"), in.time("end"), (int)
                        in.varint("number of parts", Integer.MAX_VALUE));
        in.end();
        return state;
    }

    byte[] body() {
        return new FieldWriter()
                .text(target)
                .varint(sequence)
                .time(start)
                .time(end)
                .varint(parts)
                .toByteArray();
    }
}
