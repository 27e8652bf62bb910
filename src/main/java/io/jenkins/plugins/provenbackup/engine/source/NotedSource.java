package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import java.util.List;

/**
 * A source of which somebody noted what may have changed: over what an earlier walk found, only that is looked at. A noted path stands
 * for all below it, and may be gone. What changed without being noted is not seen, so such a source is also to be walked as a whole
 * from time to time. Notes are worth something over that very snapshot alone since which they were made: over any other everything is
 * walked. Immutable.
 */
public final class NotedSource implements Source {

    private final Part part;
    private final Source whole;
    private final String since;
    private final Selection noted;

    /** The same source, of which only some paths are walked. */
    @FunctionalInterface
    public interface Part {
        Source of(Selection only);
    }

    /**
     * Nothing is read yet.
     *
     * @param whole walked where nothing is known of an earlier walk
     * @param part how to look at chosen paths alone
     * @param since id of the snapshot after whose beginning everything was noted, in hexadecimal digits
     */
    public NotedSource(Source whole, Part part, String since, Iterable<EntryPath> noted) {
        this.whole = whole;
        this.since = since;
        this.part = part;
        this.noted = Selection.of(noted);
    }

    @Override
    public Knowledge knowledge() {
        return Knowledge.OF_EARLIER_WALK;
    }

    @Override
    public Passes passes() {
        return whole.passes();
    }

    @Override
    public SourceWalk walk(SourceProblems problems) throws SourceException, InterruptedException {
        return whole.walk(problems);
    }

    @Override
    public SourceWalk walk(Recollection before, SourceProblems problems) throws SourceException, InterruptedException {
        if (!before.snapshot().equals(since)) {
            return whole.walk(problems);
        }
        SourceProblems others = problem -> {
            // That a noted path is gone is what had to be found out.
            if (problem.kind() != Problem.Kind.NOT_FOUND) {
                problems.report(problem);
            }
        };
        return new NotedWalk(
                before,
                part.of(noted).walk(others),
                noted,
                path -> part.of(Selection.of(List.of(path))).walk(problem -> {}));
    }
}
