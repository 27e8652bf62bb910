package io.jenkins.plugins.provenbackup.engine.archive;

import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;

/**
 * Brings content into its packed form and back: compressed by zstd (RFC 8878) where that helps, as it is where not. Safe for
 * use by several threads; keeps as many compressors as threads use it at once. The native zstd is chosen at the first use,
 * and the pure Java one where the native one cannot be loaded (musl, a temporary directory without permission to execute).
 */
public final class Codec implements AutoCloseable {

    /** zstd's own default. */
    public static final int DEFAULT_LEVEL = 3;

    /** Longest content of a catalog's segment, a manifest or a record, in bytes: 256 MiB. */
    public static final int OBJECT_LIMIT = Packed.OBJECT_LIMIT;

    /** Longest content of a block, in bytes: 8 MiB. */
    public static final int BLOCK_LIMIT = Packed.BLOCK_LIMIT;

    /** Hears, once, why compression is slower than it could be. */
    @FunctionalInterface
    public interface Notice {

        /** The native zstd cannot be loaded for this reason; the pure Java one does its work. */
        void nativeZstdUnavailable(LinkageError reason);
    }

    private final int level;
    private final Notice notice;
    private final ConcurrentLinkedDeque<Zstd> idle = new ConcurrentLinkedDeque<>();
    private volatile Supplier<Zstd> factory = this::choose;
    private volatile boolean closed;
    private boolean chosen;

    /** The one for small things, such as segments and records: made when first needed, never closed. */
    private static final class Shared {
        static final Codec CODEC = new Codec(DEFAULT_LEVEL, reason -> {});
    }

    /** A codec of zstd's own level for small things, shared by the whole process; nobody closes it. */
    public static Codec shared() {
        return Shared.CODEC;
    }

    /**
     * A codec that has loaded nothing yet.
     *
     * @param level of the native zstd, 1 to 19; what hardly compresses is compressed at level 1 all the same
     */
    public Codec(int level, Notice notice) {
        if (level < 1 || level > 19) {
            throw new IllegalArgumentException("zstd levels go from 1 to 19, not " + level);
        }
        this.level = level;
        this.notice = notice;
    }

    /** Most bytes that the packed form of a content of this length has. */
    static int bound(int length) {
        // above ZSTD_COMPRESSBOUND for every length
        return Packed.HEADER + length + (length >>> 8) + 1024;
    }

    /**
     * Packs a content.
     *
     * @param out room for {@link #bound} bytes from {@code outOffset}
     * @return length of the packed form
     */
    int pack(byte[] content, int offset, int length, byte[] out, int outOffset) {
        int data = outOffset + Packed.HEADER;
        ByteBuffer.wrap(out, outOffset + 1, Integer.BYTES).putInt(length);
        Effort effort = Effort.worthFor(content, offset, length);
        if (effort != Effort.NONE) {
            Zstd zstd = borrow();
            try {
                int compressed = zstd.compress(effort, content, offset, length, out, data);
                if (compressed < length) {
                    out[outOffset] = Packed.ZSTD;
                    return Packed.HEADER + compressed;
                }
            } finally {
                giveBack(zstd);
            }
        }
        out[outOffset] = Packed.STORED;
        System.arraycopy(content, offset, out, data, length);
        return Packed.HEADER + length;
    }

    /**
     * Packs a content of at most {@link #OBJECT_LIMIT} bytes.
     *
     * @throws IllegalArgumentException when it is longer
     */
    public byte[] pack(byte[] content) {
        if (content.length > OBJECT_LIMIT) {
            throw new IllegalArgumentException(
                    "cannot pack " + content.length + " bytes; the format's limit is 256 MiB");
        }
        byte[] out = new byte[bound(content.length)];
        return Arrays.copyOf(out, pack(content, 0, content.length, out, 0));
    }

    /**
     * Unpacks a whole packed form.
     *
     * @param limit most bytes that the content may have: {@link #BLOCK_LIMIT} or {@link #OBJECT_LIMIT}; a form that states
     *     more is refused before anything is allocated
     * @throws DamagedException when it is no packed form, or not of the length it states
     */
    public byte[] unpack(byte[] packed, int limit) throws DamagedException {
        byte[] content = new byte[contentLength(packed, 0, packed.length, limit)];
        unpack(packed, 0, packed.length, content, content.length);
        return content;
    }

    /** The content's length as stated, checked against the limit and, when stored, the data's length. */
    static int contentLength(byte[] packed, int offset, int length, int limit) throws DamagedException {
        if (length < Packed.HEADER) {
            throw Zstd.damaged("only " + length + " bytes");
        }
        int content = ByteBuffer.wrap(packed, offset + 1, Integer.BYTES).getInt();
        if (content < 0 || content > limit) {
            throw Zstd.damaged("it states " + Integer.toUnsignedLong(content) + " bytes, " + limit + " are allowed");
        }
        byte codec = packed[offset];
        if (codec != Packed.STORED && codec != Packed.ZSTD) {
            throw Zstd.damaged("codec " + Byte.toUnsignedInt(codec) + " is unknown");
        }
        if (codec == Packed.STORED && content != length - Packed.HEADER) {
            throw Zstd.damaged((length - Packed.HEADER) + " bytes are stored instead of " + content);
        }
        return content;
    }

    /** Unpacks to the start of {@code out}, after {@link #contentLength} gave the content's length. */
    void unpack(byte[] packed, int offset, int length, byte[] out, int contentLength) throws DamagedException {
        int data = offset + Packed.HEADER;
        if (packed[offset] == Packed.STORED) {
            System.arraycopy(packed, data, out, 0, contentLength);
            return;
        }
        Zstd zstd = borrow();
        try {
            zstd.decompress(packed, data, length - Packed.HEADER, out, contentLength);
        } finally {
            giveBack(zstd);
        }
    }

    private Zstd borrow() {
        Zstd zstd = idle.pollFirst();
        return zstd != null ? zstd : factory.get();
    }

    private synchronized Zstd choose() {
        if (chosen) {
            return factory.get();
        }
        Zstd zstd;
        try {
            zstd = new NativeZstd(level);
            factory = () -> new NativeZstd(level);
        } catch (LinkageError e) {
            zstd = new JavaZstd();
            factory = JavaZstd::new;
            notice.nativeZstdUnavailable(e);
        }
        chosen = true;
        return zstd;
    }

    private void giveBack(Zstd zstd) {
        idle.addFirst(zstd);
        if (closed) {
            close();
        }
    }

    /** Frees the native memory; what is in use is freed when its use ends. */
    @Override
    public void close() {
        closed = true;
        for (Zstd zstd = idle.pollFirst(); zstd != null; zstd = idle.pollFirst()) {
            zstd.close();
        }
    }
}
