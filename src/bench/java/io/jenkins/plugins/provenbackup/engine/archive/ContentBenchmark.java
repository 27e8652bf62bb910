package io.jenkins.plugins.provenbackup.engine.archive;

import io.jenkins.plugins.provenbackup.engine.crypto.ChunkIdHash;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.RepositoryId;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What is done to every byte of content, one thread, as MiB a second: cutting, naming, packing with encryption, and back. {@code
 * bound*} are what this processor and JDK can do at best at the step beside which they stand.
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

    private final byte[] content = new byte[MIB << 20];
    private final byte[] copy = new byte[MIB << 20];
    private final byte[] text = new byte[BLOCK];
    private byte[] room;
    private ContentCutter cutter;
    private ChunkIdHash hash;
    private BlockSealer sealer;
    private BlockReader reader;
    private StreamKey key;
    private StreamKey again;
    private SealedBlock sealed;
    private int number;

    /** Content that does not compress, and text that does about as well as a JENKINS_HOME. */
    @Setup
    public void prepare() throws Exception {
        Random random = new Random(1);
        random.nextBytes(content);
        String[] words = new String[4000];
        for (int i = 0; i < words.length; i++) {
            words[i] = Long.toString(random.nextLong(), 36).substring(0, 2 + random.nextInt(8)) + ' ';
        }
        for (int at = 0; at < text.length; ) {
            byte[] word = words[(int) (Math.abs(random.nextGaussian()) * 900) % words.length].getBytes("US-ASCII");
            int length = Math.min(word.length, text.length - at);
            System.arraycopy(word, 0, text, at, length);
            at += length;
        }
        RecoveryKey recovery = RecoveryKey.generate(RepositoryId.random());
        SourceKey source = recovery.sourceKey("bench").orElseThrow();
        int epoch = source.newestEpoch();
        cutter = new ContentCutter(new Chunker(ChunkerParameters.DEFAULT, source.gearKey(epoch)));
        hash = source.chunkIdHash(epoch);
        key = StreamKey.create(source, epoch);
        Codec codec = new Codec(Codec.DEFAULT_LEVEL, reason -> {});
        sealer = new BlockSealer(key, codec);
        room = new byte[BLOCK + BlockSealer.OVERHEAD];
        System.arraycopy(text, 0, room, 0, BLOCK);
        int length = sealer.seal(number++, room, BLOCK);
        sealed = new SealedBlock(key.id(), 0, room.clone(), 0, length);
        again = StreamKey.open(key.header(), recovery);
        reader = new BlockReader(again, codec);
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

    /** The chunker's chain of dependent steps and nothing else: a shift, an addition and a byte from the cache. */
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
        return java.security.MessageDigest.getInstance("SHA-256").digest(content);
    }

    /** zstd and AES-256-GCM of one block of text. */
    @Benchmark
    @OperationsPerInvocation(BLOCK >> 20)
    public int seal() {
        System.arraycopy(text, 0, room, 0, BLOCK);
        return sealer.seal(number++, room, BLOCK);
    }

    /** The same block decrypted, checked and unpacked. */
    @Benchmark
    @OperationsPerInvocation(BLOCK >> 20)
    public byte[] open() throws Exception {
        return reader.read(sealed);
    }

    /** AES-256-GCM of the JDK. */
    @Benchmark
    @OperationsPerInvocation(MIB)
    public int boundOfEncryption() throws Exception {
        javax.crypto.Cipher cipher = javax.crypto.Cipher.getInstance("AES/GCM/NoPadding");
        byte[] nonce = java.nio.ByteBuffer.allocate(12).putInt(number++).array();
        cipher.init(
                javax.crypto.Cipher.ENCRYPT_MODE,
                new javax.crypto.spec.SecretKeySpec(new byte[32], "AES"),
                new javax.crypto.spec.GCMParameterSpec(128, nonce));
        int written = 0;
        for (int i = 0; i < MIB / 4 - 1; i++) {
            written += cipher.update(content, i * BLOCK, BLOCK, copy, i * BLOCK);
        }
        return written + cipher.doFinal(copy, copy.length - BLOCK);
    }

    /** Copying in memory: what everything else costs at least. */
    @Benchmark
    @OperationsPerInvocation(MIB)
    public byte[] boundOfMemory() {
        System.arraycopy(content, 0, copy, 0, content.length);
        return copy;
    }
}
