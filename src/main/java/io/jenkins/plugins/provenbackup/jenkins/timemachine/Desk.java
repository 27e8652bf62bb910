package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import hudson.model.Failure;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.provenbackup.engine.NamedThreads;
import io.jenkins.plugins.provenbackup.engine.Reason;
import io.jenkins.plugins.provenbackup.engine.browse.Ls;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jenkins.model.Jenkins;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;

/**
 * Does what takes a while on a few threads of its own, so that no request waits for long: whoever asks gets the answer, or is to ask
 * again for the same. Answers that nobody fetches are forgotten. Thread-safe.
 */
final class Desk {

    /** A page that is ready by then needs no waiting page. */
    private static final Duration PATIENCE = Duration.ofMillis(2500);

    private static final int THREADS = 3;
    private static final int WAITING = 30;
    private static final int KEPT = 60;

    private final ThreadPoolExecutor threads;
    private final Map<String, Future<?>> asked = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Future<?>> eldest) {
            boolean tooMany = size() > KEPT;
            if (tooMany) {
                eldest.getValue().cancel(true);
            }
            return tooMany;
        }
    };

    Desk(String name) {
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), new NamedThreads(name));
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Asks as the one that the calling thread acts for.
     *
     * @param what is asked, the same for the same question
     * @return nothing when the answer takes longer: ask again
     * @throws IOException as the work throws it
     * @throws Failure when too much is being done already
     */
    @SuppressWarnings("unchecked")
    <T> Optional<T> ask(String what, Callable<T> work) throws IOException {
        Authentication who = Jenkins.getAuthentication2();
        String question = who.getName() + "\n" + what;
        Future<T> answer;
        synchronized (asked) {
            answer = (Future<T>) asked.get(question);
            if (answer == null) {
                answer = begin(who, work);
                asked.put(question, answer);
            }
        }
        try {
            T given = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            forget(question);
            return Optional.of(given);
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            forget(question);
            throw translated(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private <T> Future<T> begin(Authentication who, Callable<T> work) {
        try {
            return threads.submit(() -> as(who, work));
        } catch (RejectedExecutionException e) {
            throw new Failure(Messages.Desk_busy());
        }
    }

    /** Runs something for a person, on a thread of the engine. */
    @SuppressWarnings("try") // The context acts by being open.
    static <T> T as(Authentication who, Callable<T> work) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Ls.class.getClassLoader());
        try (ACLContext ignored = ACL.as2(who)) {
            return work.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void forget(String question) {
        synchronized (asked) {
            asked.remove(question);
        }
    }

    private static IOException translated(Throwable cause) {
        if (cause instanceof AccessDeniedException denied) {
            throw denied;
        }
        if (cause instanceof Failure failure) {
            throw failure;
        }
        if (cause instanceof IOException failed) {
            return failed;
        }
        return new IOException(cause instanceof Exception failed ? Reason.of(failed) : String.valueOf(cause), cause);
    }
}
