package io.jenkins.plugins.provenbackup.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tags as they are written in arguments. */
record TagFilter(List<Wanted> wanted) {

    /** One condition: a key, with this value if one is given. */
    record Wanted(String key, Optional<String> value) {}

    static TagFilter parse(List<String> texts) {
        List<Wanted> wanted = new ArrayList<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            wanted.add(
                    equals < 0
                            ? new Wanted(text, Optional.empty())
                            : new Wanted(text.substring(0, equals), Optional.of(text.substring(equals + 1))));
        }
        return new TagFilter(wanted);
    }

    boolean matches(Map<String, String> tags) {
        return wanted.stream()
                .allMatch(one -> tags.containsKey(one.key())
                        && one.value().map(tags.get(one.key())::equals).orElse(true));
    }

    /** Tags to be set. */
    static SortedMap<String, String> tags(List<String> texts) {
        SortedMap<String, String> tags = new TreeMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new UsageException("'" + text + "' is no tag: write KEY=VALUE.");
            }
            tags.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return tags;
    }
}
