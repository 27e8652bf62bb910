package io.jenkins.plugins.provenbackup.engine.policy.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Keys with values somewhere in a file. */
final class YamlMap {

    private final YamlNode self;
    private final Map<String, YamlNode> values;

    private YamlMap(YamlNode self, Map<String, YamlNode> values) {
        this.self = self;
        this.values = values;
    }

    static YamlMap of(YamlNode self, MappingNode mapping) throws PolicyFileException {
        Map<String, YamlNode> values = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            YamlNode keyNode = new YamlNode(self.file(), self.key(), tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
                throw keyNode.error("a key must be a word");
            }
            String key = scalar.getValue();
            if (values.put(key, new YamlNode(self.file(), key, tuple.getValueNode())) != null) {
                throw keyNode.error("'" + key + "' is there twice: keep one");
            }
        }
        return new YamlMap(self, values);
    }

    /** Refuses every key but these. */
    YamlMap allow(String... known) throws PolicyFileException {
        List<String> allowed = List.of(known);
        for (Map.Entry<String, YamlNode> one : values.entrySet()) {
            if (!allowed.contains(one.getKey())) {
                throw one.getValue()
                        .error("there is no key '" + one.getKey() + "' here: the keys are "
                                + String.join(", ", allowed));
            }
        }
        return this;
    }

    YamlNode required(String key) throws PolicyFileException {
        YamlNode node = values.get(key);
        if (node == null) {
            throw self.error("the key '" + key + "' is missing");
        }
        return node;
    }

    Optional<YamlNode> optional(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** What is under a key, converted, or a default where there is none. */
    <T> T get(String key, Reading<T> reading, T otherwise) throws PolicyFileException {
        YamlNode node = values.get(key);
        return node == null ? otherwise : reading.of(node);
    }

    /** The same without a default. */
    <T> Optional<T> find(String key, Reading<T> reading) throws PolicyFileException {
        YamlNode node = values.get(key);
        return node == null ? Optional.empty() : Optional.of(reading.of(node));
    }

    PolicyFileException error(String problem) {
        return self.error(problem);
    }

    /** Reads a value, or says what is wrong with it. */
    interface Reading<T> {
        T of(YamlNode node) throws PolicyFileException;
    }
}
