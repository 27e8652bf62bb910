package io.jenkins.plugins.provenbackup.engine.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * Writing and reading a catalog of 50,000 entries like a JENKINS_HOME's, one thread, as entries a second. {@code boundOf...} is what
 * the libraries need for the same segments.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class CatalogBenchmark {

    private static final int ENTRIES = 50_000;

    private List<Entry> entries;
    private CatalogStore store;
    private Catalog catalog;
    private Map<SegmentId, SegmentRef> known;
    private Map<SegmentId, byte[]> segments;

    @Setup
    public void prepare() throws Exception {
        entries = SampleTree.entries(ENTRIES + 300, 1).subList(0, ENTRIES);
        store = new CatalogStore();
        catalog = store.write(entries);
        known = store.reader(catalog).segments();
        segments = new LinkedHashMap<>();
        for (SegmentRef segment : known.values()) {
            segments.put(segment.id(), store.sealing.open(segment.id(), store.sealed(segment)));
        }
    }

    /** Encoded, packed, encrypted. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public Catalog write() throws Exception {
        return new CatalogStore().write(entries);
    }

    /** The encoded segments named, packed and encrypted: SHA-256, zstd and AES-GCM. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public long boundOfWrite() {
        long sum = 0;
        for (byte[] segment : segments.values()) {
            sum += store.sealing.seal(store.sealing.idOf(segment), segment).length;
        }
        return sum;
    }

    /** Decrypted, unpacked, decoded, every field checked. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public long read() throws Exception {
        long sum = 0;
        EntryStream stream = store.reader(catalog).entries();
        for (Optional<StoredEntry> next = stream.next(); next.isPresent(); next = stream.next()) {
            sum += next.get().entry().node().size();
        }
        return sum;
    }

    /** The segments decrypted, unpacked and checked against their names, but not decoded. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public long boundOfRead() throws Exception {
        long sum = 0;
        for (SegmentRef segment : known.values()) {
            sum += store.sealing.open(segment.id(), store.sealed(segment)).length;
        }
        return sum;
    }

    /** Read, and named again as it is: what an unchanged tree costs. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public Catalog reuse() throws Exception {
        CatalogWriter writer = store.writer(known);
        EntryStream stream = store.reader(catalog).entries();
        for (Optional<StoredEntry> next = stream.next(); next.isPresent(); next = stream.next()) {
            writer.reuse(next.get());
        }
        return writer.finish();
    }
}
