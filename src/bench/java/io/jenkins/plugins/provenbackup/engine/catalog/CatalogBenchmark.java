package io.jenkins.plugins.provenbackup.engine.catalog;

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

/** Writing and reading a catalog of 50,000 entries like a JENKINS_HOME's, one thread, as entries a second. */
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
    private byte[] bytes;

    @Setup
    public void prepare() throws Exception {
        entries = SampleTree.entries(ENTRIES + 300, 1).subList(0, ENTRIES);
        store = new CatalogStore();
        catalog = store.write(entries);
        known = store.reader(catalog).segments();
        bytes = new byte[(int) store.bytes()];
    }

    /** Encoded, packed, encrypted. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public Catalog write() throws Exception {
        return new CatalogStore().write(entries);
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

    /** The catalog's bytes, copied: memory is never what holds it up. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public byte[] boundOfMemory() {
        int at = 0;
        for (byte[] object : store.objects.values()) {
            System.arraycopy(object, 0, bytes, at, Math.min(object.length, bytes.length - at));
            at = Math.min(bytes.length, at + object.length);
        }
        return bytes;
    }
}
