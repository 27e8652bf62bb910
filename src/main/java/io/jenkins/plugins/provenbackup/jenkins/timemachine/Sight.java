package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Run;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.engine.source.home.HomePlace;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * What a person may see of a home's snapshots: of a job as much as of the one that is in its place now, of one that is gone as much
 * as who could create it; everything else is for administrators. Immutable.
 */
final class Sight {

    private final Authentication who;

    private Sight(Authentication who) {
        this.who = who;
    }

    /** Of the one that the calling thread acts for. */
    static Sight current() {
        return new Sight(Jenkins.getAuthentication2());
    }

    boolean isAdministrator() {
        return has(Jenkins.get(), Jenkins.ADMINISTER);
    }

    /** Whether the recovery points of the whole home, and what lies on the way to jobs, are shown. */
    boolean seesHome() {
        return has(Jenkins.get(), BackupPermissions.VIEW);
    }

    /** Whether an entry is shown, by what Jenkins holds now; {@link #isOpenTo} is to be asked, too, before anything below a job is. */
    boolean sees(EntryPath path) {
        HomePlace place = HomePlace.of(path);
        if (isAdministrator()) {
            return true;
        }
        if (place.items().isEmpty()) {
            return seesHome() && (path.isRoot() || path.toString().equals("jobs"));
        }
        return mayRead(place.items()) && (isOpen(place) || mayReadConfiguration(place.items()));
    }

    /** Whether the content of a file may be shown, apart from values that are masked. */
    boolean reads(EntryPath path) {
        return sees(path) && !HomePlace.of(path).isSecret();
    }

    /** Whether what a snapshot says itself of who may look into these jobs leaves it to what Jenkins says now. */
    boolean isOpenTo(OpenHome home, Snapshot point, EntryPath path) throws IOException, InterruptedException {
        if (isAdministrator()) {
            return true;
        }
        for (EntryPath item : HomePlace.of(path).items()) {
            if (!home.authorizations().isAsNow(point, item)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a job, folder or part of it may be given back. */
    boolean restores(EntryPath path) {
        if (isAdministrator()) {
            return true;
        }
        List<EntryPath> items = HomePlace.of(path).items();
        return !items.isEmpty()
                && sees(path)
                && subject(items)
                        .filter(one -> has(one, BackupPermissions.RESTORE))
                        .isPresent()
                && mayReadConfiguration(items);
    }

    /**
     * Whether a job may be configured. Who may not is never shown its secrets, and gets no copy of it that could use them, as Jenkins
     * makes none.
     */
    boolean configures(EntryPath item) {
        return isAdministrator()
                || subject(HomePlace.of(item).items())
                        .filter(one -> has(one, Item.CONFIGURE))
                        .isPresent();
    }

    private boolean mayRead(List<EntryPath> items) {
        for (int i = 1; i <= items.size(); i++) {
            List<EntryPath> outer = items.subList(0, i);
            Optional<AccessControlled> subject = subject(outer);
            boolean isThere = PresentItems.of(outer).isPresent();
            if (subject.isEmpty() || !has(subject.get(), Item.READ) || !isThere && !has(subject.get(), Item.CREATE)) {
                return false;
            }
        }
        return has(subject(items).orElseThrow(), BackupPermissions.VIEW);
    }

    private boolean mayReadConfiguration(List<EntryPath> items) {
        AccessControlled subject = subject(items).orElseThrow();
        return has(subject, Item.CONFIGURE) || has(subject, Item.EXTENDED_READ);
    }

    /** Whose permissions count: the job's, or when it is gone those of the nearest folder that is still there. */
    private static Optional<AccessControlled> subject(List<EntryPath> items) {
        for (int i = items.size(); i > 0; i--) {
            Optional<Item> present = PresentItems.of(items.subList(0, i));
            if (present.isPresent()) {
                return Optional.of(present.get());
            }
            Optional<ItemGroup<?>> group = PresentItems.groupOf(items.subList(0, i));
            if (group.isPresent()) {
                return group.filter(AccessControlled.class::isInstance).map(AccessControlled.class::cast);
            }
        }
        return Optional.empty();
    }

    /** What whoever may read a job sees of it in Jenkins, too: its name, its builds, their logs and artifacts. */
    private static boolean isOpen(HomePlace place) {
        if (place.isItem()) {
            return true;
        }
        EntryPath inside = place.path().relativeTo(place.item().orElseThrow());
        String first = inside.toString();
        if (first.equals("jobs") || first.equals("branches") || first.equals("builds")) {
            return true;
        }
        if (place.build().isEmpty()) {
            return false;
        }
        EntryPath inBuild = place.path().relativeTo(place.build().get());
        String name = inBuild.toString();
        boolean isArtifact = name.equals("archive") || name.startsWith("archive/");
        return inBuild.isRoot() || name.equals("log") || isArtifact && !Run.ARTIFACTS.getEnabled();
    }

    private boolean has(AccessControlled subject, Permission permission) {
        return subject.getACL().hasPermission2(who, permission);
    }

    /** The name of a job in a snapshot as its directory says. */
    static String nameOf(EntryPath item) {
        return new String(item.name(), StandardCharsets.UTF_8);
    }
}
