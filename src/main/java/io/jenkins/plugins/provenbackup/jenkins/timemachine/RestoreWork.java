package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import io.jenkins.plugins.provenbackup.engine.Amounts;
import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.Reason;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreResult;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.engine.source.home.HomePlace;
import io.jenkins.plugins.provenbackup.engine.target.TargetFullException;
import io.jenkins.plugins.provenbackup.jenkins.access.BootMode;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.POST;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;

/**
 * One restore, and its page: how far it is and what became of it, for the one who began it and for administrators. It runs as that
 * person on a thread of its own, and is written to the log of restores before it begins and when it has ended. Thread-safe.
 */
public final class RestoreWork implements StaplerProxy {

    private static final Logger LOGGER = Logger.getLogger(RestoreWork.class.getName());

    private final String id;
    private final RestoreWish wish;
    private final RestoreRecords records;
    private final Authentication who = Jenkins.getAuthentication2();
    private final Outcomes outcomes = new Outcomes();
    private final Counter counter = new Counter();
    private final long begin = System.nanoTime();
    private volatile Duration duration = Duration.ZERO;
    private volatile String problem = "";
    private volatile boolean isRunning = true;
    private volatile RestoreRecord.Subject subject;

    RestoreWork(String id, RestoreWish wish, RestoreRecords records) {
        this.id = id;
        this.wish = wish;
        this.records = records;
        this.subject = subject("");
    }

    /** Does it all; never throws. */
    void run() {
        String failure = "";
        try {
            Desk.as(who, () -> {
                BootMode.requireOff();
                OpenHomes.get().use(wish.policy(), home -> {
                    restore(home);
                    return null;
                });
                return null;
            });
        } catch (AccessDeniedException | IOException | Failure | IllegalArgumentException e) {
            failure = Reason.of(e);
        } catch (InterruptedException e) {
            failure = Messages.RestoreWork_stopped();
        } catch (Exception e) {
            LOGGER.log(Level.SEVERE, e, () -> "Restore " + id + " failed");
            failure = Messages.RestoreWork_unexpected();
        }
        problem = failure;
        duration = Duration.ofNanos(System.nanoTime() - begin);
        recordEnd();
        isRunning = false;
    }

    private void restore(OpenHome home) throws IOException, InterruptedException {
        Snapshot point = home.point(wish.point());
        Sight sight = Sight.current();
        if (!sight.restores(wish.path()) || !sight.isOpenTo(home, point, wish.path())) {
            throw new AccessDeniedException(Messages.RestoreWork_denied());
        }
        subject = subject(String.join(", ", home.places(point)));
        record("begun", "");
        KeptFiles kept = new KeptFiles(PresentItems.home(), id);
        switch (wish.way()) {
            case ITEM -> restoreItem(home, point, new AllowedItems(home, point, sight), kept);
            case FILE -> new FileRestore(home, point, outcomes).toItsPlace(wish.path(), kept);
            case DIRECTORY -> new FileRestore(home, point, outcomes).toDirectory(wish.path(), wish.target(), counter);
        }
    }

    private void restoreItem(OpenHome home, Snapshot point, AllowedItems allowed, KeptFiles kept)
            throws IOException, InterruptedException {
        HomePlace place = HomePlace.of(wish.path());
        if (!place.isItem()) {
            throw new RefusedException(Messages.RestoreWork_noItem(wish.path()));
        }
        if (place.isPartOfComputed()) {
            throw new RefusedException(Messages.ItemRestore_computed(
                    place.items().get(place.items().size() - 2)));
        }
        List<EntryPath> items = place.items();
        ItemGroup<?> parent = PresentItems.groupOf(items)
                .orElseThrow(() -> new RefusedException(Messages.RestoreWork_noParent(items.get(items.size() - 2))));
        String name = wish.target().isEmpty() ? Sight.nameOf(wish.path()) : wish.target();
        try (StagedTree staged = StagedTree.in(PresentItems.home(), id)) {
            boolean isAll = stage(home, point, allowed, staged.tree());
            if (!allowed.maySecrets(wish.path(), staged.tree())) {
                throw new AccessDeniedException(Messages.RestoreWork_secrets());
            }
            if (!allowed.keep(wish.path(), staged.tree()) || !isAll) {
                outcomes.add(Outcome.bad(Messages.RestoreWork_leftOut()));
            }
            new ItemRestore(wish, kept, outcomes).restore(parent, name, staged.tree());
        }
    }

    /**
     * Restores to the staged tree.
     *
     * @return whether all of it is there; what lacks then is not for the one who restores
     */
    private boolean stage(OpenHome home, Snapshot point, AllowedItems allowed, Path tree)
            throws IOException, InterruptedException {
        RestoreResult result;
        try {
            result = home.restore(point, wish.path(), tree, counter);
        } catch (TargetFullException e) {
            // Its message names the file that was the last.
            throw new IOException(Messages.RestoreWork_full(), e);
        }
        List<RestoreResult.Failure> known = allowed.known(wish.path(), result);
        if (!known.isEmpty()) {
            boolean isAll = known.size() == result.failures().size();
            long count = isAll ? result.failureCount() : known.size();
            throw new IOException(Messages.RestoreWork_incomplete(count, known.get(0)));
        }
        if (result.failureCount() > result.failures().size()) {
            throw new IOException(Messages.RestoreWork_manyLack());
        }
        return !result.isIncomplete();
    }

    private RestoreRecord.Subject subject(String from) {
        String to = wish.target();
        if (to.isEmpty()) {
            to = wish.way() == RestoreWish.Way.ITEM ? "as it was called" : "its place";
        }
        return new RestoreRecord.Subject(
                wish.policy().getName(), wish.point(), wish.path().toString(), from, to);
    }

    private void record(String event, String detail) throws IOException {
        records.add(new RestoreRecord(RestoreRecords.now(), event, id, who.getName(), subject, detail));
    }

    private void recordEnd() {
        boolean isFailed = !problem.isEmpty();
        String event = isFailed ? "failed" : outcomes.hasAny(Outcome.Kind.BAD) ? "incomplete" : "done";
        String detail = isFailed
                ? problem
                : String.join(", ", outcomes.restored().stream().limit(50).toList());
        try {
            record(event, detail);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The end of restore " + id + " could not be recorded");
            outcomes.add(Outcome.bad(Messages.RestoreWork_notRecorded(Reason.of(e))));
        }
    }

    /** Only the one who began it, and administrators. */
    @Override
    public Object getTarget() {
        if (!Jenkins.getAuthentication2().getName().equals(who.getName()) || ACL.isAnonymous2(who)) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        }
        return this;
    }

    /** The page, which comes back by itself while there is something to wait for. */
    public void doIndex(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        response.setHeader("Cache-Control", "no-store");
        if (isRunning) {
            response.setHeader("Refresh", "1");
        }
        request.getView(this, "work.jelly").forward(request, response);
    }

    /** Enables what came back disabled, as the one who asks. */
    @POST
    public HttpResponse doEnable() throws IOException {
        List<String> failed = new ArrayList<>();
        for (String name : outcomes.disabled()) {
            Item item = Jenkins.get().getItemByFullName(name);
            if (item == null) {
                continue;
            }
            item.checkPermission(Item.CONFIGURE);
            record("enabled", name);
            try {
                NewItem.enable(item);
                outcomes.enabled(name);
            } catch (IOException e) {
                failed.add(name + ": " + Reason.of(e));
            }
        }
        if (!failed.isEmpty()) {
            throw new Failure(String.join("; ", failed));
        }
        return new HttpRedirect(".");
    }

    public String getId() {
        return id;
    }

    public boolean isRunning() {
        return isRunning;
    }

    /** What is restored, for headings. */
    public String getPath() {
        return wish.path().isRoot() ? Messages.Pages_wholeHome() : wish.path().toString();
    }

    public String getPolicy() {
        return wish.policy().getName();
    }

    /** Where the pages about the policy's home are, from the root of Jenkins. */
    public String getPages() {
        return TimeMachine.addressOf(getPolicy());
    }

    public String getPoint() {
        return wish.point();
    }

    /** What went wrong as a whole; empty when nothing did. */
    public String getProblem() {
        return problem;
    }

    public List<Outcome> getOutcomes() {
        return outcomes.all();
    }

    /** Full names and addresses of the jobs that are there again. */
    public List<JobLink> getRestored() {
        List<JobLink> links = new ArrayList<>();
        for (String name : outcomes.restored()) {
            Optional.ofNullable(Jenkins.get().getItemByFullName(name))
                    .ifPresent(item -> links.add(new JobLink(name, item.getUrl())));
        }
        return links;
    }

    /** Whether there is something to enable. */
    public boolean isEnabling() {
        return !outcomes.disabled().isEmpty();
    }

    public int getDisabledCount() {
        return outcomes.disabled().size();
    }

    /** Files and bytes so far, in words. */
    public String getProgress() {
        return Messages.RestoreWork_progress(counter.entries.get(), Amounts.size(counter.bytes.get()));
    }

    public String getDuration() {
        return Amounts.duration(duration);
    }

    /** Whether all went well. */
    public boolean isGood() {
        return !isRunning && problem.isEmpty() && !outcomes.hasAny(Outcome.Kind.BAD);
    }

    private static final class Counter implements ProgressListener {

        private final AtomicLong entries = new AtomicLong();
        private final AtomicLong bytes = new AtomicLong();

        @Override
        public void entries(long count) {
            entries.addAndGet(count);
        }

        @Override
        public void bytes(long count) {
            bytes.addAndGet(count);
        }
    }
}
