package io.jenkins.plugins.provenbackup.engine.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Walks a tree once and prints what it took: {@code java -cp ... WalkSpeed PATH}. */
public final class WalkSpeed {

    private WalkSpeed() {}

    public static void main(String[] args) throws Exception {
        long start = System.nanoTime();
        long items = 0;
        long bytes = 0;
        try (SourceWalk walk = new FileTreeSource(List.of(Path.of(args[0])), WalkOptions.ALL)
                .walk(problem -> System.out.println(problem))) {
            for (Optional<SourceItem> item = walk.next(); item.isPresent(); item = walk.next()) {
                items++;
                bytes += item.get().node().size();
            }
        }
        long cpu =
                ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
        System.out.printf(
                "%,d items, %,d bytes: %d ms, whole process %d ms CPU%n",
                items, bytes, (System.nanoTime() - start) / 1_000_000, cpu);
    }
}
