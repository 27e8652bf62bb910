package io.jenkins.plugins.provenbackup.engine.target;

import io.jenkins.plugins.provenbackup.engine.catalog.Metadata;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Owner and group of entries: by name where the name exists here, else by number. Names are looked up once each, and what
 * was forbidden once is not tried again on files of our own. Thread-safe.
 */
final class Owners {

    /**
     * Whether an entry belongs to whom the snapshot says.
     *
     * @param changed whether something was changed for that, which clears setuid and setgid
     */
    record Outcome(boolean owner, boolean group, boolean changed) {}

    /** One of the two ids of an entry. */
    private enum Side {
        OWNER("unix:uid", Limitation.OWNER_NOT_PERMITTED),
        GROUP("unix:gid", Limitation.GROUP_NOT_PERMITTED);

        final String attribute;
        final Limitation limitation;

        Side(String attribute, Limitation limitation) {
            this.attribute = attribute;
            this.limitation = limitation;
        }
    }

    private record Wanted(Side side, String name, long id) {}

    private record Current(Side side, int id) {}

    private final Ownership ownership;
    private final LimitationListener limits;
    private final Map<Wanted, Optional<UserPrincipal>> byName = new ConcurrentHashMap<>();
    private final Map<Current, UserPrincipal> byId = new ConcurrentHashMap<>();
    private final Set<Wanted> forbidden = ConcurrentHashMap.newKeySet();

    private volatile Settled settled = new Settled(-1, -1, "", "", -1, -1);

    private static final Outcome UNTOUCHED = new Outcome(true, true, false);

    /** Owners of the snapshot that were found to be those of an entry here: nearly all entries have the same. */
    private record Settled(long uid, long gid, String user, String group, int uidHere, int gidHere) {

        boolean fits(Metadata wanted, Fresh now) {
            return wanted.uid() == uid
                    && wanted.gid() == gid
                    && now.uid() == uidHere
                    && now.gid() == gidHere
                    && wanted.user().equals(user)
                    && wanted.group().equals(group);
        }
    }

    Owners(Ownership ownership, LimitationListener limits) {
        this.ownership = ownership;
        this.limits = limits;
    }

    /** Whether {@link #apply} would leave the entry as it is. */
    boolean matches(Path path, Metadata wanted, Fresh now) throws IOException {
        return ownership == Ownership.IGNORE
                || same(path, owner(wanted), now.uid()) && same(path, group(wanted), now.gid());
    }

    Outcome apply(Path path, Node node, Fresh now) throws IOException {
        Settled last = settled;
        if (last.fits(node.metadata(), now)) {
            return UNTOUCHED;
        }
        Wanted owner = owner(node.metadata());
        Wanted group = group(node.metadata());
        boolean ownerRight = same(path, owner, now.uid());
        boolean groupRight = same(path, group, now.gid());
        if (ownership == Ownership.IGNORE || ownerRight && groupRight) {
            if (ownerRight && groupRight) {
                Metadata right = node.metadata();
                settled = new Settled(right.uid(), right.gid(), right.user(), right.group(), now.uid(), now.gid());
            }
            return new Outcome(ownerRight, groupRight, false);
        }
        boolean groupSet = !groupRight && change(path, node, group, now);
        boolean ownerSet = !ownerRight && change(path, node, owner, now);
        return new Outcome(ownerRight || ownerSet, groupRight || groupSet, ownerSet || groupSet);
    }

    private boolean change(Path path, Node node, Wanted wanted, Fresh now) {
        if (!(now.created() && forbidden.contains(wanted))) {
            try {
                set(path, wanted);
                return true;
            } catch (IOException notPermitted) {
                if (now.created()) {
                    forbidden.add(wanted);
                }
            }
        }
        limits.limited(node.path(), wanted.side().limitation);
        return false;
    }

    private void set(Path path, Wanted wanted) throws IOException {
        Optional<UserPrincipal> named = named(wanted);
        if (named.isEmpty()) {
            Files.setAttribute(path, wanted.side().attribute, (int) wanted.id(), LinkOption.NOFOLLOW_LINKS);
            return;
        }
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (wanted.side() == Side.OWNER) {
            view.setOwner(named.get());
        } else {
            view.setGroup((GroupPrincipal) named.get());
        }
    }

    private boolean same(Path path, Wanted wanted, int id) throws IOException {
        Optional<UserPrincipal> named = named(wanted);
        return named.isEmpty() ? (int) wanted.id() == id : named.get().equals(current(path, wanted.side(), id));
    }

    /** The JDK tells a principal's number to nobody, so principals are compared. */
    private UserPrincipal current(Path path, Side side, int id) throws IOException {
        Current key = new Current(side, id);
        UserPrincipal known = byId.get(key);
        if (known == null) {
            var attributes = Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes();
            known = side == Side.OWNER ? attributes.owner() : attributes.group();
            byId.put(key, known);
        }
        return known;
    }

    private Optional<UserPrincipal> named(Wanted wanted) {
        return byName.computeIfAbsent(wanted, Owners::lookUp);
    }

    private static Optional<UserPrincipal> lookUp(Wanted wanted) {
        if (wanted.name().isEmpty() || wanted.name().chars().allMatch(Character::isDigit)) {
            return Optional.empty();
        }
        UserPrincipalLookupService names = Path.of("").getFileSystem().getUserPrincipalLookupService();
        try {
            return Optional.of(
                    wanted.side() == Side.OWNER
                            ? names.lookupPrincipalByName(wanted.name())
                            : names.lookupPrincipalByGroupName(wanted.name()));
        } catch (UserPrincipalNotFoundException unknownHere) {
            return Optional.empty();
        } catch (IOException directoryServiceDown) {
            return Optional.empty();
        }
    }

    private static Wanted owner(Metadata metadata) {
        return new Wanted(Side.OWNER, metadata.user(), metadata.uid());
    }

    private static Wanted group(Metadata metadata) {
        return new Wanted(Side.GROUP, metadata.group(), metadata.gid());
    }
}
