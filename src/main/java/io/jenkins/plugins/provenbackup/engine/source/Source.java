package io.jenkins.plugins.provenbackup.engine.source;

import java.nio.file.Path;
import java.util.Set;

/** What can be backed up: something that yields entries in the order of a catalog. */
public interface Source {

    /**
     * Begins a walk from the start. Each walk is independent; a source of one pass only (a stream) says so at the second.
     *
     * @param problems is told of everything that is left out of the walk or found wrong on it, on the thread that calls
     *     {@link SourceWalk#next()} or this method; a backup calls the former on a thread of its own
     * @throws SourceException when what was asked for is missing or cannot be read at all
     * @throws InterruptedException when the thread was interrupted
     */
    SourceWalk walk(SourceProblems problems) throws SourceException, InterruptedException;

    /**
     * The same, where an earlier walk is known; a source that knows what may have changed looks at nothing else.
     *
     * @param before what that walk found; when it cannot be read, that is thrown by the walk as an {@link java.io.UncheckedIOException}
     */
    default SourceWalk walk(Recollection before, SourceProblems problems) throws SourceException, InterruptedException {
        return walk(problems);
    }

    /** Whether it reads what an earlier walk found, where that is known. */
    default Knowledge knowledge() {
        return Knowledge.NONE;
    }

    /** See {@link #knowledge()}. */
    enum Knowledge {
        NONE,
        OF_EARLIER_WALK
    }

    /**
     * The same, where what lies in some directories of this machine is left out, since the backup is stored there, and each of them
     * reported as {@link Problem.Kind#OWN_DESTINATION}.
     *
     * @param directories real paths
     */
    default Source without(Set<Path> directories) {
        return this;
    }

    /** How often it can be walked. */
    default Passes passes() {
        return Passes.ONE;
    }

    /** See {@link #passes()}. */
    enum Passes {
        ONE,
        ANY_NUMBER
    }
}
