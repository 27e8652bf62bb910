package io.jenkins.plugins.provenbackup.jenkins.execution;

import hudson.AbortException;

/** A source that a build, or a policy's own schedule, may back up. */
interface ChosenSource {

    /** The name that snapshots carry. */
    String name();

    /** Where it is read. */
    Reader reader();

    /** Where a source is read. */
    sealed interface Reader {}

    /** Read in the workspace of the build, wherever that is. */
    non-sealed interface InWorkspace extends Reader {
        ReadableSource at(Place place);
    }

    /** Read on the controller, without any node. */
    non-sealed interface OnController extends Reader {
        ReadableSource open() throws AbortException;
    }

    /** A source of that name. */
    static ChosenSource of(String name, Reader reader) {
        return new ChosenSource() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Reader reader() {
                return reader;
            }
        };
    }

    /** Whether a workspace is needed. */
    default boolean isInWorkspace() {
        return reader() instanceof InWorkspace;
    }
}
