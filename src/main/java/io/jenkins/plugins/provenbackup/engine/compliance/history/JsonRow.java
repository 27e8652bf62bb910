package io.jenkins.plugins.provenbackup.engine.compliance.history;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Members of a JSON array or object, of which what is missing or of another type is told as an {@link IOException}. */
public final class JsonRow {

    private final List<?> values;
    private final Map<?, ?> members;

    private JsonRow(List<?> values, Map<?, ?> members) {
        this.values = values;
        this.members = members;
    }

    /** Of an array or an object. */
    public static JsonRow of(Object json) throws IOException {
        if (json instanceof List<?> list) {
            return new JsonRow(list, Map.of());
        }
        if (json instanceof Map<?, ?> map) {
            return new JsonRow(List.of(), map);
        }
        throw new IOException("an array or an object is missing");
    }

    /** A time as seconds since 1970. */
    public Instant time(Object name) throws IOException {
        return Instant.ofEpochSecond(number(name));
    }

    public long number(Object name) throws IOException {
        return member(name, Number.class).longValue();
    }

    public String text(Object name) throws IOException {
        return member(name, String.class);
    }

    public boolean flag(Object name) throws IOException {
        return member(name, Boolean.class);
    }

    public Optional<Object> find(Object name) {
        return Optional.ofNullable(value(name));
    }

    public Set<String> texts(Object name) throws IOException {
        Set<String> texts = new LinkedHashSet<>();
        ((Collection<?>) member(name, List.class)).forEach(one -> texts.add(String.valueOf(one)));
        return texts;
    }

    /** The arrays or objects of an array. */
    public List<JsonRow> rows(Object name) throws IOException {
        List<JsonRow> rows = new ArrayList<>();
        for (Object one : (Collection<?>) member(name, List.class)) {
            rows.add(of(one));
        }
        return rows;
    }

    /** The members of an object. */
    public Map<String, Object> object(Object name) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        ((Map<?, ?>) member(name, Map.class)).forEach((key, value) -> object.put(String.valueOf(key), value));
        return object;
    }

    private Object value(Object name) {
        if (name instanceof Integer index) {
            return index < values.size() ? values.get(index) : null;
        }
        return members.get(name);
    }

    private <T> T member(Object name, Class<T> type) throws IOException {
        Object value = value(name);
        if (!type.isInstance(value)) {
            throw new IOException("its member '" + name + "' is missing or of the wrong type");
        }
        return type.cast(value);
    }
}
