package io.jenkins.plugins.provenbackup.format.reader;

import static io.jenkins.plugins.provenbackup.format.reader.Fields.require;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Sections 2, 3 and 9: opens a repository in a directory and finds the newest snapshot of a source. */
public final class RepositoryReader {

    private final Path root;
    private final Keys keys;
    private final Map<String, byte[]> recent = new LinkedHashMap<>();

    private RepositoryReader(Path root, Keys keys) {
        this.root = root;
        this.keys = keys;
        Map<String, Object> repository = keys.verified("repository", read(root.resolve("repository.json")));
        require(repository.get("requires").equals(List.of()), "unknown features " + repository.get("requires"));
        for (Path file : list(root.resolve("epochs"))) {
            Map<String, Object> epoch = keys.verified("epoch", read(file));
            require((epoch.get("epoch") + ".json").equals(name(file)), "an epoch under another's name");
        }
    }

    /** Opens with a passphrase; the slots are tried one after the other. */
    public static RepositoryReader withPassphrase(Path root, String passphrase) {
        return withSlot(root, slot -> slot.open(passphrase));
    }

    /** Opens with the text of a personal key's file, and its passphrase where it has one. */
    public static RepositoryReader withPersonalKey(Path root, String file, String passphrase) {
        return withSlot(root, slot -> slot.open(Slots.seedOfFile(file, passphrase)));
    }

    /** Opens with the short form of a key on paper: three lines without their numbers. */
    public static RepositoryReader withPaper(Path root, String... lines) {
        byte[] bytes = Slots.bytesOfPaper(lines);
        require(bytes[0] == 1, "not a short form");
        return withSlot(root, slot -> slot.open(Arrays.copyOfRange(bytes, 1, 33)));
    }

    private static RepositoryReader withSlot(Path root, Function<Slots, Keys> opening) {
        FormatException last = new FormatException("no slot");
        List<Slots> newestFirst = new ArrayList<>();
        for (Path file : list(root.resolve("keys"))) {
            if (name(file).endsWith(".json")) {
                newestFirst.add(new Slots(read(file)));
            }
        }
        newestFirst.sort(Comparator.comparing(Slots::epoch).reversed());
        for (Slots slot : newestFirst) {
            try {
                return new RepositoryReader(root, opening.apply(slot));
            } catch (FormatException e) {
                last = e;
            }
        }
        throw last;
    }

    /** Opens with the text of a recovery key's file. */
    public static RepositoryReader withRecoveryKey(Path root, String text) {
        return new RepositoryReader(root, Keys.ofFile(text));
    }

    /** Restores the newest snapshot of a source into a directory that does not exist yet. */
    public void restoreNewest(String sourceName, Path target) throws IOException {
        Manifest manifest = newest(sourceName);
        new Restoring(new Archives(this, manifest), target).restore(Catalog.entries(this, manifest));
    }

    /** Names in order are manifests in order. */
    private Manifest newest(String sourceName) {
        List<Manifest> manifests = new ArrayList<>();
        for (Path file : list(root.resolve("snapshots").resolve(keys.sourceId(sourceName)))) {
            byte[] object = readBytes(file);
            if (!name(file).matches("[0-9]{10}-[0-9]{4}-" + Bytes.hex(Cryptography.sha256(object)))) {
                continue;
            }
            Manifest manifest = new Manifest(object, keys);
            boolean ours = Bytes.hex(manifest.source).equals(keys.sourceId(sourceName));
            require(ours && manifest.sourceName.equals(sourceName), "another source's manifest");
            require(
                    name(file).startsWith(String.format("%010d-%04d-", manifest.sequence, manifest.generation)),
                    "a manifest under another's name");
            if (manifest.archives.stream().allMatch(archive -> Files.exists(path("archives", archive.hash())))) {
                manifests.add(manifest);
            }
        }
        require(!manifests.isEmpty(), "no complete snapshot of " + sourceName);
        return manifests.get(manifests.size() - 1);
    }

    Keys keys() {
        return keys;
    }

    /** An object that is named by its hash; the last few are kept. */
    byte[] object(String folder, Manifest.Named named) {
        byte[] known = recent.get(named.hash());
        if (known != null) {
            return known;
        }
        byte[] object = readBytes(path(folder, named.hash()));
        require(object.length == named.size(), "an object of another size");
        require(Bytes.hex(Cryptography.sha256(object)).equals(named.hash()), "an object that does not have its hash");
        if (recent.size() > 4) {
            recent.remove(recent.keySet().iterator().next());
        }
        recent.put(named.hash(), object);
        return object;
    }

    private Path path(String folder, String hash) {
        return root.resolve(folder).resolve(hash.substring(0, 2)).resolve(hash);
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static List<Path> list(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !name(file).startsWith(".tmp-"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] readBytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        return new String(readBytes(file), StandardCharsets.UTF_8);
    }
}
