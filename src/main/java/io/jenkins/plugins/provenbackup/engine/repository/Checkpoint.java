package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.catalog.FieldReader;
import io.jenkins.plugins.provenbackup.engine.catalog.FieldWriter;
import io.jenkins.plugins.provenbackup.engine.crypto.RepositoryId;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceId;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run has done since its last checkpoint (repository format, section 10). Without archives and segments it is a
 * heartbeat.
 *
 * @param repositoryId which repository
 * @param sourceId which source
 * @param epoch generation of keys
 * @param run which run
 * @param number 0 and up
 * @param time the writer's clock
 * @param archives archives confirmed at one destination at least since the last checkpoint
 * @param segments entry and content segments, in order
 */
public record Checkpoint(
        RepositoryId repositoryId,
        SourceId sourceId,
        int epoch,
        RunId run,
        int number,
        Instant time,
        ArchiveTable archives,
        List<byte[]> segments) {

    public Checkpoint {
        segments = List.copyOf(segments);
    }

    byte[] encode(SourceKey key) throws IOException {
        FieldWriter header = new SealedObject.Common(repositoryId, sourceId, epoch).begin();
        header.raw(run.bytes());
        header.u32(number);
        header.time(time);
        ManifestHeader.writeRefs(header, archives.refs());
        FieldWriter body = new FieldWriter();
        ArchiveTable.StreamNumbers streams = archives.streams();
        streams.write(body);
        archives.write(body, streams);
        body.varint(segments.size());
        segments.forEach(body::bytes);
        return SealedObject.encode(SealedObject.Type.RUN, header.toByteArray(), body.toByteArray(), key, epoch);
    }

    static Checkpoint decode(byte[] object, String name, SourceKey key) throws IOException {
        Header header = Header.decode(object, name);
        FieldReader in = SealedObject.body(SealedObject.Type.RUN, object, name, key);
        List<StreamId> streams = ArchiveTable.StreamNumbers.read(in);
        ArchiveTable archives = ArchiveTable.read(in, header.archives(), streams);
        int count = in.count("number of segments", 1, Integer.MAX_VALUE);
        List<byte[]> segments = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            segments.add(in.bytes("segment", Integer.MAX_VALUE));
        }
        in.end();
        SealedObject.Common common = header.common();
        return new Checkpoint(
                common.repositoryId(),
                common.sourceId(),
                common.epoch(),
                header.run(),
                header.number(),
                header.time(),
                archives,
                segments);
    }

    /**
     * The plain part.
     *
     * @param common repository, source and epoch
     * @param run which run
     * @param number 0 and up
     * @param time the writer's clock
     * @param archives archives that the checkpoint names
     */
    record Header(SealedObject.Common common, RunId run, int number, Instant time, List<ObjectRef> archives) {

        static Header decode(byte[] object, String name) throws IOException {
            FieldReader in = SealedObject.header(SealedObject.Type.RUN, object, name);
            Header header = new Header(
                    SealedObject.Common.read(in),
                    RunId.of(in.raw(RunId.LENGTH, "run id")),
                    SealedObject.number(in, "number"),
                    in.time("time"),
                    ManifestHeader.readRefs(in));
            in.end();
            return header;
        }
    }
}
