package io.jenkins.plugins.provenbackup.engine.policy.yaml;

import io.jenkins.plugins.provenbackup.engine.policy.CopyRule;
import io.jenkins.plugins.provenbackup.engine.policy.Elapsed;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.policy.RetentionRules;
import io.jenkins.plugins.provenbackup.engine.policy.Span;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes a policy of what a file says. */
final class PolicyReader {

    private static final String DISK = "disk";

    Policy read(YamlNode root) throws PolicyFileException {
        YamlMap map = root.map()
                .allow(
                        "policy",
                        "sources",
                        "destinations",
                        "minCopies",
                        "kind",
                        "fullEvery",
                        "schedule",
                        "timeZone",
                        "retention",
                        "objectives",
                        "contacts",
                        "notes");
        RetentionRules retention = map.get("retention", PolicyReader::retention, RetentionRules.NONE);
        List<Policy.Destination> destinations = new ArrayList<>();
        for (YamlNode node : map.required("destinations").list()) {
            destinations.add(destination(node, retention));
        }
        List<Policy.Contact> contacts = new ArrayList<>();
        for (YamlNode node : map.get("contacts", YamlNode::list, List.<YamlNode>of())) {
            contacts.add(contact(node));
        }
        try {
            return new Policy(
                    map.required("policy").line(),
                    sources(map.required("sources")),
                    destinations,
                    map.get("minCopies", node -> node.number(1), Math.max(1, destinations.size())),
                    backups(map),
                    map.get("objectives", PolicyReader::objectives, Policy.Objectives.NONE),
                    contacts,
                    map.get("notes", YamlNode::text, ""));
        } catch (IllegalArgumentException e) {
            throw map.error(e.getMessage());
        }
    }

    private static List<Policy.Source> sources(YamlNode node) throws PolicyFileException {
        List<Policy.Source> sources = new ArrayList<>();
        for (YamlNode one : node.list()) {
            sources.add(source(one));
        }
        return sources;
    }

    private static Policy.Source source(YamlNode node) throws PolicyFileException {
        YamlMap map = node.map().allow("name", "kind", "paths", "sections", "command", "excludes", "medium");
        Policy.SourceKind kind = map.get("kind", one -> word(one, Policy.SourceKind.class), Policy.SourceKind.FILES);
        List<String> paths = map.get("paths", YamlNode::lines, List.of());
        String command = map.get("command", YamlNode::line, "");
        List<String> sections = map.get("sections", YamlNode::lines, List.of());
        boolean isHome = kind == Policy.SourceKind.JENKINS_HOME;
        if (!sections.isEmpty() && !isHome) {
            throw map.error("'sections' goes with kind: jenkinsHome");
        }
        if (isHome && paths.size() > 1) {
            throw map.error("a Jenkins home is one path");
        }
        if (!isHome && paths.isEmpty() == (kind == Policy.SourceKind.FILES)) {
            throw map.error(
                    paths.isEmpty()
                            ? "a source of files needs 'paths', a list"
                            : "'paths' goes with kind: files, and a list of at least one");
        }
        if (command.isEmpty() == (kind == Policy.SourceKind.COMMAND)) {
            throw map.error(
                    command.isEmpty()
                            ? "a source of kind command needs 'command'"
                            : "'command' goes with kind: command");
        }
        return new Policy.Source(
                map.required("name").line(),
                kind,
                paths,
                sections,
                command,
                map.get("excludes", YamlNode::lines, List.of()),
                map.get("medium", YamlNode::line, DISK));
    }

    private static Policy.Destination destination(YamlNode node, RetentionRules retention) throws PolicyFileException {
        YamlMap map = node.map().allow("name", "location", "medium", "offsite", "immutable", "retention");
        YamlNode where = map.required("location");
        StorageLocation location = location(where);
        return new Policy.Destination(
                map.get("name", YamlNode::line, location.toString()),
                location,
                map.get("medium", YamlNode::line, DISK),
                map.get("offsite", YamlNode::isTrue, false) ? Policy.Site.OFFSITE : Policy.Site.ONSITE,
                map.get("immutable", YamlNode::isTrue, false) ? Policy.Mutability.IMMUTABLE : Policy.Mutability.MUTABLE,
                map.get("retention", PolicyReader::retention, retention));
    }

    private static StorageLocation location(YamlNode node) throws PolicyFileException {
        try {
            StorageLocation location = StorageLocation.parse(node.line());
            if (location.isLocal() && !Path.of(location.path()).isAbsolute()) {
                throw node.error(
                        "'" + location + "' depends on where the command runs: write an absolute path or a URI");
            }
            return location;
        } catch (StorageException e) {
            throw node.error(e.getMessage());
        }
    }

    private static Policy.Backups backups(YamlMap map) throws PolicyFileException {
        Optional<Duration> fullEvery = map.optional("fullEvery").isPresent()
                        && map.required("fullEvery").line().equals("never")
                ? Optional.empty()
                : map.find("fullEvery", node -> node.parsed(Elapsed::parse));
        return new Policy.Backups(
                map.get("kind", node -> word(node, SnapshotKind.class), SnapshotKind.INCREMENTAL),
                fullEvery,
                map.find("schedule", YamlNode::line),
                map.get("timeZone", PolicyReader::zone, ZoneOffset.UTC));
    }

    private static ZoneId zone(YamlNode node) throws PolicyFileException {
        try {
            return ZoneId.of(node.line());
        } catch (DateTimeException e) {
            throw node.error("'" + node.line() + "' is no time zone: write like Europe/Vienna or UTC");
        }
    }

    private static RetentionRules retention(YamlNode node) throws PolicyFileException {
        YamlMap map = node.map().allow("last", "hourly", "daily", "weekly", "monthly", "yearly", "within");
        return new RetentionRules(
                count(map, "last"),
                count(map, "hourly"),
                count(map, "daily"),
                count(map, "weekly"),
                count(map, "monthly"),
                count(map, "yearly"),
                map.find("within", one -> one.parsed(Span::parse)));
    }

    private static int count(YamlMap map, String key) throws PolicyFileException {
        return map.get(key, node -> node.number(0), 0);
    }

    private static Policy.Objectives objectives(YamlNode node) throws PolicyFileException {
        YamlMap map = node.map().allow("rpo", "rto", "recoveryTest", "copies");
        return new Policy.Objectives(
                map.find("rpo", one -> one.parsed(Elapsed::parse)),
                map.find("rto", one -> one.parsed(Elapsed::parse)),
                map.find("recoveryTest", one -> one.parsed(Elapsed::parse)),
                map.find("copies", one -> one.parsed(CopyRule::parse)));
    }

    private static Policy.Contact contact(YamlNode node) throws PolicyFileException {
        YamlMap map = node.map().allow("name", "role", "phone", "email");
        return new Policy.Contact(
                map.required("name").line(),
                map.get("role", YamlNode::line, ""),
                map.get("phone", YamlNode::line, ""),
                map.get("email", YamlNode::line, ""));
    }

    private static <E extends Enum<E>> E word(YamlNode node, Class<E> type) throws PolicyFileException {
        String word = node.line();
        List<String> words = new ArrayList<>();
        for (E value : type.getEnumConstants()) {
            String known = camelCase(value.name());
            if (known.equals(word)) {
                return value;
            }
            words.add(known);
        }
        throw node.error("'" + node.key() + "' is one of " + String.join(", ", words) + ", not '" + word + "'");
    }

    /** As all keys are written here: {@code jenkinsHome}. */
    private static String camelCase(String name) {
        StringBuilder word = new StringBuilder();
        for (String part : name.toLowerCase(Locale.ROOT).split("_", -1)) {
            word.append(word.isEmpty() ? part : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
        }
        return word.toString();
    }
}
