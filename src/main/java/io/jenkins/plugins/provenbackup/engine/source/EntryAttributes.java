package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.attributes.AttributesNotSupportedException;
import io.jenkins.plugins.provenbackup.engine.attributes.ExtendedAttributes;
import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.Metadata.Xattr;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads extended attributes. Remembers the file systems that have none, so that they cost one failed call each. What is not
 * kept is reported once for each name, since a file system that has such attributes has them on every file. Thread-safe.
 */
final class EntryAttributes {

    /** How names begin that a file system makes up itself; what ACLs say is kept, all else follows from mode and owner. */
    private static final String OF_THE_SYSTEM = "system.";

    private static final String ACL = "system.posix_acl_";

    private final ExtendedAttributes attributes = ExtendedAttributes.ofThisSystem();
    private final Set<Long> devicesWithout = ConcurrentHashMap.newKeySet();
    private final Set<String> reported = ConcurrentHashMap.newKeySet();
    private final SourceProblems problems;

    EntryAttributes(SourceProblems problems) {
        this.problems = problems;
    }

    /** Sorted by name. */
    List<Xattr> of(EntryPath entry, Location at, FileStat stat) throws IOException {
        if (devicesWithout.contains(stat.device())) {
            return List.of();
        }
        if (attributes.scope() == ExtendedAttributes.Scope.USERS_ONLY) {
            reportOnce(
                    entry,
                    "of other name spaces than 'user.' (ACLs, capabilities) cannot be seen here, since the native "
                            + "library of JNA did not load,");
        }
        List<ByteString> names = names(entry, at, stat);
        if (names.isEmpty()) {
            return List.of();
        }
        List<Xattr> found = new ArrayList<>();
        for (ByteString name : names) {
            String shown = name.toString();
            if (shown.startsWith(OF_THE_SYSTEM) && !shown.startsWith(ACL)) {
                reportOnce(entry, "named '" + shown + "'");
                continue;
            }
            try {
                found.add(new Xattr(name, attributes.value(at.path(), name)));
            } catch (IOException e) {
                problems.report(new Problem(
                        entry,
                        Problem.Kind.UNREADABLE_ATTRIBUTE,
                        "cannot read extended attribute '" + shown + "' of '" + entry + "'"));
            }
        }
        found.sort(Comparator.comparing(Xattr::name));
        return found;
    }

    private List<ByteString> names(EntryPath entry, Location at, FileStat stat) throws IOException {
        try {
            boolean none = at.files().isPresent() && !at.files().get().hasAttributes(at.bytes());
            return none ? List.of() : attributes.names(at.path());
        } catch (NoSuchFileException e) {
            throw e;
        } catch (AttributesNotSupportedException e) {
            devicesWithout.add(stat.device());
            return List.of();
        } catch (AccessDeniedException e) {
            // Whether the rest is readable shows when it is read; the attributes are not.
            problems.report(new Problem(
                    entry,
                    Problem.Kind.UNREADABLE_ATTRIBUTE,
                    "cannot read the extended attributes of '" + entry + "': permission denied"));
            return List.of();
        }
    }

    private void reportOnce(EntryPath entry, String which) {
        if (reported.add(which)) {
            problems.report(new Problem(
                    entry,
                    Problem.Kind.ATTRIBUTE_NOT_KEPT,
                    "extended attributes " + which + " are not kept; the first is that of '" + entry + "'"));
        }
    }
}
