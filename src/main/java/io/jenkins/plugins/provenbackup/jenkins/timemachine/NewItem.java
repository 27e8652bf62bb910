package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import hudson.model.AbstractItem;
import hudson.model.Item;
import hudson.util.Secret;
import io.jenkins.plugins.provenbackup.engine.files.TreeDeletion;
import io.jenkins.plugins.provenbackup.engine.source.home.HomeContents;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import jenkins.model.ParameterizedJobMixIn.ParameterizedJob;

/** What is done to a job so that it comes back quietly, and to let it work again. */
final class NewItem {

    /** The directories in a computed folder that hold what it computed. */
    static final List<String> CONTAINERS = List.of("jobs", "branches");

    private static final long LARGEST = 16L << 20;

    private NewItem() {}

    /**
     * Disables a job whose configuration said nothing about that.
     *
     * @return whether it was enabled
     */
    static boolean disable(Item item) throws IOException {
        if (item instanceof ParameterizedJob<?, ?> job && job.supportsMakeDisabled() && !job.isDisabled()) {
            job.makeDisabled(true);
            return true;
        }
        return false;
    }

    /** Enables a job or folder, as the one that the calling thread acts for. */
    static void enable(Item item) throws IOException {
        item.checkPermission(Item.CONFIGURE);
        if (item instanceof ParameterizedJob<?, ?> job) {
            job.makeDisabled(false);
        } else if (item instanceof AbstractItem other) {
            ItemXml xml = ItemXml.parse(
                    Files.readAllBytes(other.getConfigFile().getFile().toPath()));
            xml.enable();
            other.updateByXml((Source) new StreamSource(new ByteArrayInputStream(xml.toBytes())));
        }
    }

    /** Makes what a computed folder holds fit to be loaded with it. */
    static void prepareComputed(Path folder, boolean isAdministrator, RestoreWish wish) throws IOException {
        for (String container : CONTAINERS) {
            for (Path child : MovedFiles.children(folder.resolve(container))) {
                Path file = child.resolve("config.xml");
                if (!isAdministrator && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    ItemXml xml = ItemXml.parse(Files.readAllBytes(file));
                    if (!xml.authorizations().isEmpty()) {
                        xml.takeAuthorizations(Optional.empty());
                        Files.write(file, xml.toBytes());
                    }
                }
                if (wish.withBuilds()) {
                    HomeContents.endBuilds(child);
                } else {
                    TreeDeletion.run(child.resolve("builds"));
                }
                prepareComputed(child, isAdministrator, wish);
            }
        }
    }

    /** Whether a file holds encrypted values that this controller can decrypt. */
    static boolean holdsSecrets(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        // What is too large to be looked through may hold some.
        return Files.size(file) > LARGEST || secrets(file).anyMatch(secret -> secret != null);
    }

    /** How many encrypted values a file holds that this controller cannot decrypt. */
    static int foreignSecrets(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST) {
            return 0;
        }
        return (int) secrets(file).filter(secret -> secret == null).count();
    }

    /** All encrypted values, null for each that cannot be decrypted here. */
    private static Stream<Secret> secrets(Path file) throws IOException {
        return MaskingStream.ENCRYPTED
                .matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
                .results()
                .map(value -> Secret.decrypt(value.group()));
    }
}
