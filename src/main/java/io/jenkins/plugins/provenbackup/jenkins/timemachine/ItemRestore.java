package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import hudson.model.AbstractItem;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Items;
import hudson.model.Job;
import hudson.model.TopLevelItem;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessControlled;
import io.jenkins.plugins.provenbackup.engine.Reason;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import jenkins.model.Jenkins;
import jenkins.model.ModifiableTopLevelItemGroup;
import org.springframework.security.access.AccessDeniedException;

/**
 * Gives back a job, or a folder with all that it holds, out of a staged tree. What is there is changed as {@code POST config.xml}
 * changes it, what is not there made as {@code createItem} makes it, by the one that the calling thread acts for and with the checks
 * of both; so no script is approved that this person could not have typed. New jobs are disabled. For one thread.
 */
final class ItemRestore {

    private final RestoreWish wish;
    private final KeptFiles kept;
    private final Outcomes outcomes;
    private final boolean isAdministrator;

    ItemRestore(RestoreWish wish, KeptFiles kept, Outcomes outcomes) {
        this.wish = wish;
        this.kept = kept;
        this.outcomes = outcomes;
        this.isAdministrator = Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }

    /**
     * Restores what was asked for.
     *
     * @param parent the folder that it belongs in
     * @param name how it is to be called there
     * @param staged its directory in the staged tree
     * @throws IOException when it could not be; of what a folder holds the outcomes tell
     */
    void restore(ItemGroup<?> parent, String name, Path staged) throws IOException {
        Optional<Item> present = present(parent, name);
        if (!(parent instanceof ModifiableTopLevelItemGroup group)) {
            throw new RefusedException(Messages.ItemRestore_computed(parent.getFullDisplayName()));
        }
        if (!Files.isRegularFile(staged.resolve("config.xml"), LinkOption.NOFOLLOW_LINKS)) {
            throw new RefusedException(Messages.ItemRestore_noConfiguration(name));
        }
        Item restored = present.isPresent() ? replace(present.get(), staged) : create(group, name, staged);
        if (restored instanceof ModifiableTopLevelItemGroup) {
            restoreChildren((ItemGroup<?>) restored, staged.resolve("jobs"));
        }
    }

    private void restoreChildren(ItemGroup<?> folder, Path staged) throws IOException {
        for (Path child : MovedFiles.children(staged)) {
            String name = child.getFileName().toString();
            try {
                restore(folder, name, child);
            } catch (IOException | AccessDeniedException | Failure | IllegalArgumentException e) {
                outcomes.add(Outcome.bad(folder.getFullName() + "/" + name + ": " + Reason.of(e)));
            }
        }
    }

    @SuppressWarnings("try") // The context acts by being open.
    private static Optional<Item> present(ItemGroup<?> parent, String name) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            return Optional.ofNullable(parent.getItem(name));
        }
    }

    private Item replace(Item present, Path staged) throws IOException {
        if (!(present instanceof AbstractItem item)) {
            throw new RefusedException(Messages.ItemRestore_unknownKind(present.getFullName()));
        }
        item.checkPermission(BackupPermissions.RESTORE);
        item.checkPermission(Item.CONFIGURE);
        JobBuilds.Added added = new JobBuilds.Added(0, 0, 0);
        if (wish.withBuilds() && item instanceof Job<?, ?> job) {
            added = JobBuilds.add(job, staged);
        }
        if (item instanceof ItemGroup<?> group && !(item instanceof ModifiableTopLevelItemGroup)) {
            addComputed(group, staged);
        }
        if (wish.withConfiguration()) {
            Path file = item.getConfigFile().getFile().toPath();
            byte[] xml = Files.readAllBytes(staged.resolve("config.xml"));
            if (!isAdministrator) {
                ItemXml parsed = ItemXml.parse(xml);
                parsed.takeAuthorizations(Optional.of(ItemXml.parse(Files.readAllBytes(file))));
                xml = parsed.toBytes();
            }
            Path copy = kept.keep(file);
            item.updateByXml((Source) new StreamSource(new ByteArrayInputStream(xml)));
            outcomes.add(Outcome.good(Messages.ItemRestore_replaced(item.getFullName(), copy)));
            reportForeignSecrets(item.getFullName(), staged);
        } else {
            reload(item);
        }
        tell(item, added);
        outcomes.restored(item.getFullName());
        return item;
    }

    private Item create(ModifiableTopLevelItemGroup group, String name, Path staged) throws IOException {
        ((AccessControlled) group).checkPermission(BackupPermissions.RESTORE);
        ((AccessControlled) group).checkPermission(Item.CREATE);
        Jenkins.checkGoodName(name);
        Path place = group.getRootDir().toPath().resolve("jobs").resolve(name);
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new RefusedException(Messages.ItemRestore_leftover(place));
        }
        ItemXml xml = ItemXml.parse(Files.readAllBytes(staged.resolve("config.xml")));
        boolean isDropped = !isAdministrator && !xml.authorizations().isEmpty();
        if (isDropped) {
            xml.takeAuthorizations(Optional.empty());
        }
        boolean wasEnabled = xml.disable();
        TopLevelItem item = group.createProjectFromXML(name, new ByteArrayInputStream(xml.toBytes()));
        wasEnabled |= NewItem.disable(item);
        JobBuilds.Added added = fill(item, staged);
        reload(item);
        outcomes.restored(item.getFullName());
        outcomes.add(Outcome.good(
                wasEnabled
                        ? Messages.ItemRestore_createdDisabled(item.getFullName())
                        : Messages.ItemRestore_created(item.getFullName())));
        if (wasEnabled) {
            outcomes.disabled(item.getFullName());
        }
        if (isDropped) {
            outcomes.add(Outcome.warning(Messages.ItemRestore_dropped(item.getFullName())));
        }
        reportForeignSecrets(item.getFullName(), staged);
        tell(item, added);
        return item;
    }

    /** Moves in what belongs to a new job beside its configuration. */
    private JobBuilds.Added fill(TopLevelItem item, Path staged) throws IOException {
        JobBuilds.Added added = new JobBuilds.Added(0, 0, 0);
        if (item instanceof Job<?, ?> job && wish.withBuilds()) {
            added = JobBuilds.add(job, staged);
        }
        if (item instanceof ItemGroup<?> && !(item instanceof ModifiableTopLevelItemGroup)) {
            NewItem.prepareComputed(staged, isAdministrator, wish);
        }
        for (Path one : MovedFiles.children(staged)) {
            String name = one.getFileName().toString();
            boolean isDone = name.equals("config.xml")
                    || name.equals("nextBuildNumber")
                    || name.equals("builds")
                    || name.equals("jobs") && item instanceof ModifiableTopLevelItemGroup;
            if (!isDone) {
                Path place = item.getRootDir().toPath().resolve(name);
                if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                    MovedFiles.move(one, place);
                } else if (Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS)
                        && Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                    MovedFiles.moveContents(one, place);
                }
            }
        }
        return added;
    }

    /** What a computed folder lacks of its branches, and these of their builds; the rest it computes itself. */
    @SuppressWarnings("try") // The context acts by being open.
    private void addComputed(ItemGroup<?> group, Path staged) throws IOException {
        NewItem.prepareComputed(staged, isAdministrator, wish);
        for (String container : NewItem.CONTAINERS) {
            for (Path child : MovedFiles.children(staged.resolve(container))) {
                Path place = group.getRootDir()
                        .toPath()
                        .resolve(container)
                        .resolve(child.getFileName().toString());
                if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                    MovedFiles.move(child, place);
                    continue;
                }
                try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                    for (Item one : group.getItems()) {
                        if (one.getRootDir().toPath().equals(place)) {
                            addToComputed(one, child);
                        }
                    }
                }
            }
        }
    }

    private void addToComputed(Item child, Path staged) throws IOException {
        if (child instanceof Job<?, ?> job && wish.withBuilds()) {
            tell(child, JobBuilds.add(job, staged));
        } else if (child instanceof ItemGroup<?> group) {
            addComputed(group, staged);
        }
    }

    private static void reload(Item item) throws IOException {
        Items.runWhileUpdatingByXml(() -> item.onLoad(item.getParent(), item.getName()));
    }

    private void reportForeignSecrets(String name, Path staged) throws IOException {
        int foreign = NewItem.foreignSecrets(staged.resolve("config.xml"));
        if (foreign > 0) {
            outcomes.add(Outcome.warning(Messages.ItemRestore_foreignSecrets(name, foreign)));
        }
    }

    private void tell(Item item, JobBuilds.Added added) {
        if (added.builds() > 0) {
            outcomes.add(Outcome.good(Messages.ItemRestore_builds(item.getFullName(), added.builds(), added.kept())));
        }
        if (added.aborted() > 0) {
            outcomes.add(Outcome.warning(Messages.ItemRestore_aborted(item.getFullName(), added.aborted())));
        }
    }
}
