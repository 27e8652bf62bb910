package io.jenkins.plugins.provenbackup.engine.source;

import java.io.IOException;
import java.nio.file.Path;

/** Who owns what has no owner of its own: who runs this process, as Linux shows it; root elsewhere, who alone can then read what is restored. */
record Owner(long uid, long gid) {

    static Owner ofThisProcess() {
        try {
            FileStat stat = FileStat.of(Path.of("/proc/self/task"));
            return new Owner(stat.uid(), stat.gid());
        } catch (IOException e) {
            return new Owner(0, 0);
        }
    }
}
