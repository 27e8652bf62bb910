package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.archive.Codec;
import io.jenkins.plugins.provenbackup.engine.catalog.FieldReader;
import io.jenkins.plugins.provenbackup.engine.catalog.FieldWriter;
import io.jenkins.plugins.provenbackup.engine.catalog.MalformedException;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.RepositoryId;
import io.jenkins.plugins.provenbackup.engine.crypto.Sealing;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceId;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The form that manifests, runs and records share: a plain header and a sealed body that authenticates it (repository
 * format, section 5).
 */
final class SealedObject {

    /** What an object is: its magic, and the type that it is sealed under. */
    enum Type {
        MANIFEST("PBM1", "manifest"),
        RUN("PBR1", "run"),
        FORGOTTEN("PBF1", "forgotten"),
        TEST("PBT1", "test"),
        HOLD("PBH1", "hold"),
        MIRROR("PBX1", "mirror");

        private final String magic;
        private final String sealing;

        Type(String magic, String sealing) {
            this.magic = magic;
            this.sealing = sealing;
        }

        byte[] magic() {
            return magic.getBytes(StandardCharsets.US_ASCII);
        }
    }

    /**
     * What every header begins with.
     *
     * @param repositoryId which repository
     * @param sourceId which source
     * @param epoch which generation of keys, 1 and up
     */
    record Common(RepositoryId repositoryId, SourceId sourceId, int epoch) {

        FieldWriter begin() {
            return new FieldWriter()
                    .raw(repositoryId.bytes())
                    .raw(sourceId.bytes())
                    .u32(epoch);
        }

        static Common read(FieldReader in) throws IOException {
            return new Common(
                    RepositoryId.of(in.raw(16, "repository id")),
                    SourceId.of(in.raw(16, "source id")),
                    number(in, "epoch"));
        }
    }

    /** Bytes that tell what an object is. */
    static final int MAGIC_LENGTH = 4;

    private static final int PREFIX = 8;

    private SealedObject() {}

    /** Whether an object that begins like this is of the type. */
    static boolean isOf(Type type, byte[] start) {
        return start.length >= MAGIC_LENGTH && Arrays.equals(type.magic(), Arrays.copyOf(start, MAGIC_LENGTH));
    }

    static byte[] encode(Type type, byte[] header, byte[] body, SourceKey key, int epoch) throws IOException {
        byte[] plain = new FieldWriter()
                .raw(type.magic())
                .u32(header.length)
                .raw(header)
                .toByteArray();
        try (Sealing sealing = key.catalogSealing(epoch)) {
            byte[] sealed =
                    sealing.seal(type.sealing, identity(plain), Codec.shared().pack(body));
            return new FieldWriter().raw(plain).raw(sealed).toByteArray();
        }
    }

    /** A reader on the header, checked against nothing but the magic. */
    static FieldReader header(Type type, byte[] object, String name) throws IOException {
        return new FieldReader(
                Arrays.copyOfRange(object, PREFIX, headerEnd(type, object, name)), "the header of " + name);
    }

    /** A reader on the body, which proves the header too. */
    static FieldReader body(Type type, byte[] object, String name, SourceKey key) throws IOException {
        int end = headerEnd(type, object, name);
        Common common = Common.read(header(type, object, name));
        try (Sealing sealing = key.catalogSealing(common.epoch())) {
            byte[] identity = identity(Arrays.copyOf(object, end));
            byte[] packed = sealing.open(type.sealing, identity, Arrays.copyOfRange(object, end, object.length), name);
            return new FieldReader(Codec.shared().unpack(packed, Codec.OBJECT_LIMIT), name);
        }
    }

    /** A u32 that counts from 0 or 1 and so must fit an int. */
    static int number(FieldReader in, String field) throws MalformedException {
        long value = in.u32(field);
        if (value > Integer.MAX_VALUE) {
            throw in.malformed(field + " is " + value);
        }
        return (int) value;
    }

    private static byte[] identity(byte[] plain) {
        return ObjectHash.ofContent(plain).toByteArray();
    }

    private static int headerEnd(Type type, byte[] object, String name) throws IOException {
        if (object.length < PREFIX || !Arrays.equals(type.magic(), Arrays.copyOf(object, type.magic().length))) {
            throw new DamagedException(name + " is damaged: it does not begin as a " + type.sealing + " does");
        }
        long length = new FieldReader(Arrays.copyOfRange(object, 4, PREFIX), name).u32("length of header");
        if (length > object.length - PREFIX) {
            throw new DamagedException(name + " is damaged: it is cut off in its header");
        }
        return PREFIX + (int) length;
    }
}
