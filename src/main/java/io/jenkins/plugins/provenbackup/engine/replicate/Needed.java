package io.jenkins.plugins.provenbackup.engine.replicate;

import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.ObjectRef;
import io.jenkins.plugins.provenbackup.engine.repository.SealedManifest;
import java.util.List;
import java.util.stream.Stream;

/**
 * An object that a snapshot needs.
 *
 * @param name where it lies
 * @param object its hash and size
 */
record Needed(String name, ObjectRef object) {

    /** All archives and catalog objects that a manifest names. */
    static List<Needed> by(SealedManifest manifest) {
        return Stream.concat(
                        manifest.archives().stream()
                                .map(archive -> new Needed(Layout.archive(archive.hash()), archive)),
                        manifest.catalogs().stream()
                                .map(catalog -> new Needed(Layout.catalog(catalog.hash()), catalog)))
                .toList();
    }
}
