package io.jenkins.plugins.provenbackup.engine.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.security.Principal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Names of users and groups, each looked up once. Thread-safe. */
final class OwnerNames {

    private final Map<Long, String> users = new ConcurrentHashMap<>();

    private final Map<Long, String> groups = new ConcurrentHashMap<>();

    String user(Location at, FileStat stat) throws IOException {
        return name(users, at, "unix:owner", stat.uid());
    }

    String group(Location at, FileStat stat) throws IOException {
        return name(groups, at, "unix:group", stat.gid());
    }

    private static String name(Map<Long, String> known, Location at, String attribute, long id) throws IOException {
        String name = known.get(id);
        if (name == null) {
            name = lookUp(at, attribute, id);
            known.put(id, name);
        }
        return name;
    }

    private static String lookUp(Location at, String attribute, long id) throws IOException {
        if (!UnixViews.PRESENT) {
            return "";
        }
        Principal owner = (Principal) Files.getAttribute(at.path(), attribute, LinkOption.NOFOLLOW_LINKS);
        // The JDK gives the number (as signed int) for an owner without a name.
        boolean nameless = owner.getName().equals(Integer.toString((int) id))
                || owner.getName().equals(Long.toString(id));
        return nameless ? "" : owner.getName();
    }
}
