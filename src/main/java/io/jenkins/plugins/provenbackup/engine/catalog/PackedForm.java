package io.jenkins.plugins.provenbackup.engine.catalog;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;

/** Packed bytes of section 5 of the repository format: codec, length, data. */
final class PackedForm {

    private static final int STORED = 0;
    private static final int ZSTD = 1;
    private static final int HEADER = 5;
    private static final int LEVEL = 3;
    private static final int MAX = 256 << 20;

    private PackedForm() {}

    static byte[] pack(byte[] plain) {
        byte[] compressed = Zstd.compress(plain, LEVEL);
        boolean smaller = compressed.length < plain.length;
        byte[] data = smaller ? compressed : plain;
        return new FieldWriter(HEADER + data.length)
                .u8(smaller ? ZSTD : STORED)
                .u32(plain.length)
                .raw(data)
                .toByteArray();
    }

    static byte[] unpack(byte[] packed, String subject) throws MalformedException {
        FieldReader in = new FieldReader(packed, subject);
        int codec = in.u8("its codec");
        long length = in.u32("its length");
        if (codec > ZSTD || length > MAX) {
            throw in.malformed("codec " + codec + ", " + length + " bytes");
        }
        byte[] data = in.raw(in.remaining(), "its data");
        if (codec == STORED) {
            if (data.length != length) {
                throw in.malformed("it has another length than it says");
            }
            return data;
        }
        byte[] plain = new byte[(int) length];
        try {
            long got = Zstd.decompress(plain, data);
            if (Zstd.isError(got) || got != length) {
                throw in.malformed("it does not decompress to the length that it says");
            }
        } catch (ZstdException e) {
            throw in.malformed("it does not decompress");
        }
        return plain;
    }
}
