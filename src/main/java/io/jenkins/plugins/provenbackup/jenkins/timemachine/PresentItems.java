package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;

/** Finds the jobs and folders of this Jenkins by the directories in its home that are theirs, whoever asks. */
final class PresentItems {

    private PresentItems() {}

    /**
     * The job or folder that is there now.
     *
     * @param items directories as {@code HomePlace.items} gives them, outer ones first, at least one
     */
    static Optional<Item> of(List<EntryPath> items) {
        return groupOf(items).flatMap(group -> child(group, items.get(items.size() - 1)));
    }

    /** The folder, or Jenkins itself, that the last of these directories lies in; empty when that is gone itself. */
    static Optional<ItemGroup<?>> groupOf(List<EntryPath> items) {
        Optional<ItemGroup<?>> group = Optional.of(Jenkins.get());
        for (EntryPath outer : items.subList(0, items.size() - 1)) {
            group = group.flatMap(found -> child(found, outer))
                    .filter(ItemGroup.class::isInstance)
                    .map(item -> (ItemGroup<?>) item);
        }
        return group;
    }

    /** The path of a job's directory in the home; empty when it lies elsewhere. */
    static Optional<EntryPath> pathOf(Item item) {
        Path home = home();
        Path directory = item.getRootDir().toPath();
        if (!directory.startsWith(home) || directory.equals(home)) {
            return Optional.empty();
        }
        EntryPath path = EntryPath.ROOT;
        for (Path name : home.relativize(directory)) {
            path = path.child(RawNames.bytesOf(name));
        }
        return Optional.of(path);
    }

    static Path home() {
        return Jenkins.get().getRootDir().toPath();
    }

    @SuppressWarnings("try") // The context acts by being open.
    private static Optional<Item> child(ItemGroup<?> group, EntryPath directory) {
        Path wanted = RawNames.resolve(home(), directory);
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            // Mostly a directory has its job's name; branches have others.
            Item byName = group.getItem(new String(directory.name(), StandardCharsets.UTF_8));
            if (byName != null && byName.getRootDir().toPath().equals(wanted)) {
                return Optional.of(byName);
            }
            for (Item one : group.getItems()) {
                if (one.getRootDir().toPath().equals(wanted)) {
                    return Optional.of(one);
                }
            }
            return Optional.empty();
        }
    }
}
