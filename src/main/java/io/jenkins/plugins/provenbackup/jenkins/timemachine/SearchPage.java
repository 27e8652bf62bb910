package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import hudson.model.Failure;
import io.jenkins.plugins.provenbackup.engine.browse.PathPattern;
import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names that were searched for in all recovery points, each path once. Immutable. */
public final class SearchPage {

    private static final int MOST = 300;

    private final String query;
    private final List<Hit> hits;
    private final boolean isCut;

    private SearchPage(String query, List<Hit> hits, boolean isCut) {
        this.query = query;
        this.hits = hits;
        this.isCut = isCut;
    }

    /**
     * Searches for the one that the calling thread acts for, the newest points first.
     *
     * @param query a pattern, or part of a name
     */
    static SearchPage of(OpenHome home, String query) throws IOException, InterruptedException {
        Sight sight = Sight.current();
        PathPattern pattern = pattern(query);
        Map<EntryPath, Hit> hits = new LinkedHashMap<>();
        Set<EntryPath> hidden = new HashSet<>();
        boolean isCut = false;
        List<Snapshot> points = new ArrayList<>(home.points());
        java.util.Collections.reverse(points);
        for (Snapshot point : points) {
            List<Entry> found = new ArrayList<>();
            home.search(List.of(point), pattern, (where, entry) -> {
                if (found.size() < MOST * 10 && !hidden.contains(entry.path())) {
                    found.add(entry);
                }
            });
            for (Entry entry : found) {
                EntryPath path = entry.path();
                if (path.isRoot() || !sight.sees(path)) {
                    hidden.add(path);
                } else if (hits.containsKey(path)) {
                    hits.get(path).count++;
                } else if (hits.size() >= MOST) {
                    isCut = true;
                } else if (sight.isOpenTo(home, point, path)) {
                    hits.put(path, new Hit(EntryRow.of(entry, sight), PointRow.of(point)));
                }
            }
        }
        return new SearchPage(query, List.copyOf(hits.values()), isCut);
    }

    private static PathPattern pattern(String query) {
        boolean isPlain = query.chars().noneMatch(c -> c == '*' || c == '?' || c == '[' || c == '/');
        try {
            return PathPattern.parse(isPlain ? "*" + query + "*" : query, PathPattern.Case.INSENSITIVE);
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
    }

    /** A path that was found. */
    public static final class Hit {

        private final EntryRow entry;
        private final PointRow newest;
        private int count = 1;

        Hit(EntryRow entry, PointRow newest) {
            this.entry = entry;
            this.newest = newest;
        }

        public EntryRow getEntry() {
            return entry;
        }

        /** The newest point that has it. */
        public PointRow getNewest() {
            return newest;
        }

        /** How many points have it. */
        public int getCount() {
            return count;
        }
    }

    public String getQuery() {
        return query;
    }

    public List<Hit> getHits() {
        return hits;
    }

    /** Whether more was found than is shown. */
    public boolean isCut() {
        return isCut;
    }
}
