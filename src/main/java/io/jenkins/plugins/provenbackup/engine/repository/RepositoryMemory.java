package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectMemory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * What of a repository is worth remembering from one look at it to the next: the small objects that say what there is. They are
 * remembered as they lie there, sealed.
 */
public final class RepositoryMemory {

    private static final Duration TRUST = Duration.ofDays(1);
    private static final List<String> KEPT =
            List.of(Layout.SNAPSHOTS, Layout.TESTS, Layout.FORGOTTEN, Layout.HOLDS, Layout.PRUNES);
    private static final List<String> NAMED_BY_CONTENT = List.of(Layout.SNAPSHOTS, Layout.TESTS);

    private RepositoryMemory() {}

    /**
     * A memory for the objects of repositories; nothing is in it yet.
     *
     * @param most bytes that it takes
     */
    public static ObjectMemory create(long most, InstantSource clock) {
        return new ObjectMemory(new Kept(), most, TRUST, clock);
    }

    private static final class Kept implements ObjectMemory.Rule {

        @Override
        public boolean keeps(String name) {
            return isIn(KEPT, name);
        }

        @Override
        public boolean fits(String name, byte[] content) {
            return !isIn(NAMED_BY_CONTENT, name)
                    || name.endsWith("-" + ObjectHash.ofContent(content).toString());
        }

        private static boolean isIn(List<String> folders, String name) {
            return folders.stream().anyMatch(folder -> name.startsWith(folder + "/"));
        }
    }
}
