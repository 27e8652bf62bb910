package io.jenkins.plugins.provenbackup.jenkins.steps;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/** Lets a Pipeline give lists and maps where a form has a text area: {@code ['nas', 'offsite']}, {@code [app: 'shop']}. */
final class Typed {

    private static final String TAGS = "tags";
    private static final List<String> LISTS = List.of("destinations", "from", "excludes", "includes");

    private Typed() {}

    /** The arguments, those of these names as one text with a value a line. */
    static Map<String, Object> asText(Map<String, Object> arguments, String... names) {
        Map<String, Object> result = new LinkedHashMap<>(arguments);
        for (String name : names) {
            result.computeIfPresent(name, (key, value) -> text(value));
        }
        return result;
    }

    private static Object text(Object value) {
        if (value instanceof Collection<?> several) {
            return several.stream().map(String::valueOf).collect(Collectors.joining("\n"));
        } else if (value instanceof Map<?, ?> pairs) {
            return pairs.entrySet().stream()
                    .map(pair -> pair.getKey() + "=" + pair.getValue())
                    .collect(Collectors.joining("\n"));
        }
        return value;
    }

    /** The step as a Pipeline would write it: several lines as a list, tags as a map. */
    static UninstantiatedDescribable asTyped(UninstantiatedDescribable step) {
        Map<String, Object> arguments = new LinkedHashMap<>(step.getArguments());
        for (String name : LISTS) {
            if (arguments.get(name) instanceof String text && text.contains("\n")) {
                arguments.put(name, text.lines().toList());
            }
        }
        if (arguments.get(TAGS) instanceof String text && text.lines().allMatch(line -> line.indexOf('=') > 0)) {
            Map<String, Object> tags = new LinkedHashMap<>();
            text.lines()
                    .forEach(line ->
                            tags.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
            arguments.put(TAGS, tags);
        }
        return step.withArguments(arguments);
    }
}
