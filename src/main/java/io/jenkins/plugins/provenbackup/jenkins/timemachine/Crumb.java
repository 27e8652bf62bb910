package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.PrintableName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A directory on the way to what a page shows. Immutable. */
public final class Crumb {

    private final String name;
    private final String path;

    private Crumb(EntryPath path) {
        this.name = path.isRoot() ? "JENKINS_HOME" : PrintableName.of(path.name());
        this.path = path.toString();
    }

    /** The root, and all directories down to the path, which is the last. */
    static List<Crumb> of(EntryPath path) {
        List<Crumb> way = new ArrayList<>();
        EntryPath at = path;
        while (!at.isRoot()) {
            way.add(new Crumb(at));
            at = at.parent();
        }
        way.add(new Crumb(EntryPath.ROOT));
        Collections.reverse(way);
        return way;
    }

    public String getName() {
        return name;
    }

    public String getPath() {
        return path;
    }
}
