package io.jenkins.plugins.provenbackup.engine.mirror;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.source.BadPatternException;
import io.jenkins.plugins.provenbackup.engine.source.Excludes;
import io.jenkins.plugins.provenbackup.engine.source.Marker;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/** A mirror request under way: each word gives another one. */
record MirrorLab(MirrorRequest request) {

    static MirrorLab of(Path source, StorageLocation target, StorageOptions options) {
        return new MirrorLab(new MirrorRequest(
                source,
                WalkOptions.ALL,
                target,
                options,
                MirrorRequest.Unlisted.KEEP,
                50,
                MirrorRequest.EmptySource.MISTAKE,
                MirrorRequest.Comparison.ATTRIBUTES,
                Optional.empty(),
                MirrorRequest.Mode.WRITE));
    }

    MirrorResult mirror() throws IOException, InterruptedException {
        return mirror(ProgressListener.NONE);
    }

    MirrorResult mirror(ProgressListener progress) throws IOException, InterruptedException {
        return Mirror.run(request, progress, Clock.systemUTC());
    }

    MirrorLab from(Path source) {
        return with(
                source,
                request.walk(),
                request.unlisted(),
                request.mostDeleted(),
                request.empty(),
                request.comparison(),
                request.memory(),
                request.mode());
    }

    MirrorLab excluding(String pattern) throws BadPatternException {
        return walking(request.walk()
                .withExcludes(Excludes.builder().add(pattern, "test").build()));
    }

    MirrorLab heeding(Marker marker) {
        return walking(request.walk().withMarkers(Set.of(marker)));
    }

    private MirrorLab walking(WalkOptions walk) {
        return with(
                request.source(),
                walk,
                request.unlisted(),
                request.mostDeleted(),
                request.empty(),
                request.comparison(),
                request.memory(),
                request.mode());
    }

    MirrorLab deleting() {
        return with(
                request.source(),
                request.walk(),
                MirrorRequest.Unlisted.DELETE,
                request.mostDeleted(),
                request.empty(),
                request.comparison(),
                request.memory(),
                request.mode());
    }

    MirrorLab atMost(int percent) {
        return with(
                request.source(),
                request.walk(),
                request.unlisted(),
                percent,
                request.empty(),
                request.comparison(),
                request.memory(),
                request.mode());
    }

    MirrorLab allowingEmpty() {
        return with(
                request.source(),
                request.walk(),
                request.unlisted(),
                request.mostDeleted(),
                MirrorRequest.EmptySource.INTENDED,
                request.comparison(),
                request.memory(),
                request.mode());
    }

    MirrorLab comparingContents() {
        return with(
                request.source(),
                request.walk(),
                request.unlisted(),
                request.mostDeleted(),
                request.empty(),
                MirrorRequest.Comparison.CONTENT,
                request.memory(),
                request.mode());
    }

    MirrorLab remembering(MirrorMemory.Place place) {
        return with(
                request.source(),
                request.walk(),
                request.unlisted(),
                request.mostDeleted(),
                request.empty(),
                request.comparison(),
                Optional.of(place),
                request.mode());
    }

    MirrorLab dryRun() {
        return with(
                request.source(),
                request.walk(),
                request.unlisted(),
                request.mostDeleted(),
                request.empty(),
                request.comparison(),
                request.memory(),
                MirrorRequest.Mode.DRY_RUN);
    }

    private MirrorLab with(
            Path source,
            WalkOptions walk,
            MirrorRequest.Unlisted unlisted,
            int mostDeleted,
            MirrorRequest.EmptySource empty,
            MirrorRequest.Comparison comparison,
            Optional<MirrorMemory.Place> memory,
            MirrorRequest.Mode mode) {
        return new MirrorLab(new MirrorRequest(
                source,
                walk,
                request.target(),
                request.options(),
                unlisted,
                mostDeleted,
                empty,
                comparison,
                memory,
                mode));
    }
}
