package io.jenkins.plugins.provenbackup.engine.storage;

import java.util.Optional;
import org.apache.commons.lang3.exception.ExceptionUtils;

/** What lies behind a failure: libraries wrap the answer of a server several times. */
public final class Causes {

    private Causes() {}

    /** The first of a type among a failure and its causes. */
    public static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        return Optional.ofNullable(ExceptionUtils.throwableOfType(failure, type));
    }

    /** The innermost cause, which may be the failure itself. */
    public static Throwable root(Throwable failure) {
        return ExceptionUtils.getRootCause(failure);
    }

    /** The innermost cause in words. */
    public static String reason(Throwable failure) {
        Throwable root = root(failure);
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
