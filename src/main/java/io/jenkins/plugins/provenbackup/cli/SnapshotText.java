package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.repository.Totals;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Snapshots for people and for programs. */
final class SnapshotText {

    private SnapshotText() {}

    static String kind(SnapshotKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    static String tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag -> tag.getKey() + "=" + tag.getValue())
                .collect(Collectors.joining(","));
    }

    static Map<String, Object> json(Snapshot snapshot) {
        Map<String, Object> json = json(snapshot.manifest());
        json.put("destinations", snapshot.locations());
        return json;
    }

    static Map<String, Object> json(Manifest manifest) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", manifest.id().hex());
        json.put("source", manifest.source());
        json.put("sequence", manifest.sequence());
        json.put("generation", manifest.generation());
        json.put("kind", kind(manifest.kind()));
        json.put("start", manifest.start().toString());
        json.put("end", manifest.end().toString());
        json.put("parent", manifest.parent().map(SnapshotId::hex).orElse(null));
        json.put(
                "predecessors",
                manifest.predecessors().stream().map(SnapshotId::hex).toList());
        json.put("epoch", manifest.epoch());
        json.put("host", manifest.facts().host());
        json.put("user", manifest.facts().user());
        json.put(
                "roots", manifest.facts().roots().stream().map(Object::toString).toList());
        json.put("tags", new LinkedHashMap<>(manifest.tags()));
        json.put("totals", json(manifest.totals()));
        return json;
    }

    static Map<String, Object> json(Totals totals) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("files", totals.files());
        json.put("directories", totals.directories());
        json.put("symlinks", totals.symlinks());
        json.put("bytes", totals.bytes());
        json.put("filesNew", totals.filesNew());
        json.put("filesChanged", totals.filesChanged());
        json.put("filesUnchanged", totals.filesUnchanged());
        json.put("bytesRead", totals.bytesRead());
        json.put("bytesAdded", totals.bytesAdded());
        json.put("bytesStored", totals.bytesStored());
        json.put("unreadable", totals.unreadable());
        json.put("changedWhileRead", totals.changedWhileRead());
        json.put("vanished", totals.vanished());
        json.put("special", totals.special());
        json.put("markedExcluded", totals.markedExcluded());
        json.put("inProgress", totals.inProgress());
        return json;
    }

    /** Destinations by number, with a legend for people. */
    static String copies(Snapshot snapshot, List<String> locations) {
        return locations.stream()
                .map(location ->
                        snapshot.locations().contains(location) ? String.valueOf(locations.indexOf(location) + 1) : "-")
                .collect(Collectors.joining(" "));
    }
}
