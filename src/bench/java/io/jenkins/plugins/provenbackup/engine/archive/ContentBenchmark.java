package io.jenkins.plugins.provenbackup.engine.archive;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import io.jenkins.plugins.provenbackup.engine.crypto.ChunkIdHash;
import io.jenkins.plugins.provenbackup.engine.crypto.CipherWarmUp;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.RepositoryId;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What is done to every byte of content, one thread, as MiB a second: cutting, naming, packing, encryption, and back. {@code
 * boundOf...} is what this processor, JDK or library can do at best at the step of that name.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class ContentBenchmark {

    private static final int MIB = 32;
    private static final int BLOCK = 4 << 20;
    private static final int BLOCK_MIB = BLOCK >> 20;

    private final byte[] content = new byte[MIB << 20];
    private final byte[] copy = new byte[MIB << 20];
    private final byte[] text = new byte[BLOCK];
    private final byte[] plain = new byte[BLOCK];
    private final byte[] room = new byte[Codec.bound(BLOCK)];
    private final SecretKeySpec plainKey = new SecretKeySpec(new byte[32], "AES");
    private ContentCutter cutter;
    private ChunkIdHash hash;
    private Codec codec;
    private BlockSealer sealer;
    private BlockReader reader;
    private SealedBlock sealed;
    private byte[] packed;
    private ZstdCompressCtx compressor;
    private ZstdDecompressCtx decompressor;
    private byte[] frame;
    private Cipher cipher;
    private byte[] encrypted;
    private byte[] nonce;
    private int number;

    /** Content that does not compress, and text that does about as well as a JENKINS_HOME; the means of all steps. */
    @Setup
    public void prepare() throws Exception {
        CipherWarmUp.await();
        Random random = new Random(1);
        random.nextBytes(content);
        fillText(random);
        RecoveryKey recovery = RecoveryKey.generate(RepositoryId.random());
        SourceKey source = recovery.sourceKey("bench").orElseThrow();
        int epoch = source.newestEpoch();
        cutter = new ContentCutter(new Chunker(ChunkerParameters.DEFAULT, source.gearKey(epoch)));
        hash = source.chunkIdHash(epoch);
        codec = new Codec(Codec.DEFAULT_LEVEL, reason -> {});
        packed = codec.pack(text);
        StreamKey key = StreamKey.create(source, epoch);
        sealer = new BlockSealer(key, codec);
        System.arraycopy(text, 0, room, 0, BLOCK);
        int length = sealer.seal(number++, room, BLOCK);
        sealed = new SealedBlock(key.id(), 0, Arrays.copyOf(room, length), 0, length);
        reader = new BlockReader(StreamKey.open(key.header(), recovery), codec);
        compressor = new ZstdCompressCtx();
        compressor.setLevel(Codec.DEFAULT_LEVEL);
        decompressor = new ZstdDecompressCtx();
        frame = Arrays.copyOfRange(packed, Packed.HEADER, packed.length);
        cipher = Cipher.getInstance("AES/GCM/NoPadding");
        encrypted = new byte[BLOCK + 16];
        boundOfEncryption();
    }

    private void fillText(Random random) {
        byte[][] words = new byte[4000][];
        for (int i = 0; i < words.length; i++) {
            String word = Long.toString(random.nextLong(), 36).substring(0, 2 + random.nextInt(8)) + ' ';
            words[i] = word.getBytes(StandardCharsets.US_ASCII);
        }
        for (int at = 0; at < BLOCK; ) {
            byte[] word = words[(int) (Math.abs(random.nextGaussian()) * 900) % words.length];
            int length = Math.min(word.length, BLOCK - at);
            System.arraycopy(word, 0, text, at, length);
            at += length;
        }
    }

    @TearDown
    public void close() {
        sealer.close();
        reader.close();
        codec.close();
        compressor.close();
        decompressor.close();
    }

    /** The chunker, with the search for zeros, from memory. */
    @Benchmark
    @OperationsPerInvocation(MIB)
    public long cut() throws Exception {
        cutter.start(new ByteArrayInputStream(content));
        long sum = 0;
        for (Optional<Piece> piece = cutter.next(); piece.isPresent(); piece = cutter.next()) {
            sum += piece.get().length();
        }
        return sum;
    }

    /**
     * The chunker's chain of dependent steps and nothing else: a shift, an addition and a byte from the cache. The chunker passes
     * over the first 256 KiB of each chunk.
     */
    @Benchmark
    @OperationsPerInvocation(MIB)
    public long boundOfCut() {
        long value = 0;
        for (byte b : content) {
            value = (value << 1) + b;
        }
        return value;
    }

    /** Chunk ids of chunks of 1 MiB. */
    @Benchmark
    @OperationsPerInvocation(MIB)
    public byte[] name() {
        byte[] id = null;
        for (int i = 0; i < MIB; i++) {
            id = hash.of(content, i << 20, 1 << 20);
        }
        return id;
    }

    /** SHA-256 of the JDK, one message. */
    @Benchmark
    @OperationsPerInvocation(MIB)
    public byte[] boundOfName() throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(content);
    }

    /** One block of text compressed, with the look whether it is worth it. */
    @Benchmark
    @OperationsPerInvocation(BLOCK_MIB)
    public int pack() {
        return codec.pack(text, 0, BLOCK, room, 0);
    }

    /** The same block by zstd's own level 3. */
    @Benchmark
    @OperationsPerInvocation(BLOCK_MIB)
    public int boundOfPack() {
        return compressor.compressByteArray(room, 0, room.length, text, 0, BLOCK);
    }

    /** The block unpacked. */
    @Benchmark
    @OperationsPerInvocation(BLOCK_MIB)
    public byte[] unpack() throws Exception {
        codec.unpack(packed, 0, packed.length, plain, BLOCK);
        return plain;
    }

    /** The block's frame by zstd alone. */
    @Benchmark
    @OperationsPerInvocation(BLOCK_MIB)
    public int boundOfUnpack() {
        return decompressor.decompressByteArray(plain, 0, BLOCK, frame, 0, frame.length);
    }

    /** One block of text packed and encrypted. */
    @Benchmark
    @OperationsPerInvocation(BLOCK_MIB)
    public int seal() {
        System.arraycopy(text, 0, room, 0, BLOCK);
        return sealer.seal(number++, room, BLOCK);
    }

    /** The same block decrypted, checked and unpacked. */
    @Benchmark
    @OperationsPerInvocation(BLOCK_MIB)
    public byte[] open() throws Exception {
        return reader.read(sealed, length -> plain).bytes();
    }

    /** AES-256-GCM of the JDK, a message of 4 MiB. */
    @Benchmark
    @OperationsPerInvocation(BLOCK_MIB)
    public int boundOfEncryption() throws Exception {
        nonce = ByteBuffer.allocate(12).putInt(number++).array();
        cipher.init(Cipher.ENCRYPT_MODE, plainKey, new GCMParameterSpec(128, nonce));
        return cipher.doFinal(content, 0, BLOCK, encrypted, 0);
    }

    /** The same message decrypted and checked. */
    @Benchmark
    @OperationsPerInvocation(BLOCK_MIB)
    public int boundOfDecryption() throws Exception {
        cipher.init(Cipher.DECRYPT_MODE, plainKey, new GCMParameterSpec(128, nonce));
        return cipher.doFinal(encrypted, 0, encrypted.length, plain, 0);
    }

    /** Copying in memory: what everything else costs at least. */
    @Benchmark
    @OperationsPerInvocation(MIB)
    public byte[] boundOfMemory() {
        System.arraycopy(content, 0, copy, 0, content.length);
        return copy;
    }
}
