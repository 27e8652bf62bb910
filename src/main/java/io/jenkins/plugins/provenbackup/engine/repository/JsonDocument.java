package io.jenkins.plugins.provenbackup.engine.repository;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON object that should have certain members; what is missing or of another type is told as an IOException. */
final class JsonDocument {

    private final Map<?, ?> members;

    private JsonDocument(Map<?, ?> members) {
        this.members = members;
    }

    static JsonDocument parse(String text) throws IOException {
        Map<String, Object> members = JSON.std.mapFrom(text);
        if (members == null) {
            throw new IOException("it is no JSON object");
        }
        return new JsonDocument(members);
    }

    /** A member that should be a document itself. */
    static JsonDocument of(Object member) throws IOException {
        if (!(member instanceof Map<?, ?> members)) {
            throw new IOException("one of its members is no JSON object");
        }
        return new JsonDocument(members);
    }

    Optional<Object> find(String name) {
        return Optional.ofNullable(members.get(name));
    }

    String text(String name) throws IOException {
        return member(name, String.class);
    }

    int number(String name) throws IOException {
        return member(name, Number.class).intValue();
    }

    long large(String name) throws IOException {
        return member(name, Number.class).longValue();
    }

    List<String> texts(String name) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Object one : list(name)) {
            texts.add(String.valueOf(one));
        }
        return texts;
    }

    List<?> list(String name) throws IOException {
        return member(name, List.class);
    }

    JsonDocument document(String name) throws IOException {
        return new JsonDocument(member(name, Map.class));
    }

    private <T> T member(String name, Class<T> type) throws IOException {
        Object value = members.get(name);
        if (!type.isInstance(value)) {
            throw new IOException("its member '" + name + "' is missing or of the wrong type");
        }
        return type.cast(value);
    }
}
