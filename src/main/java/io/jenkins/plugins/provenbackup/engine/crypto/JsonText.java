package io.jenkins.plugins.provenbackup.engine.crypto;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the small JSON documents of this package; what is not as it must be is damage. */
final class JsonText {

    /** Longest document that is read, in bytes. */
    private static final int MAX = 64 << 20;

    private JsonText() {}

    static Map<String, Object> object(byte[] bytes, String name) throws DamagedException {
        if (bytes.length > MAX) {
            throw damaged(name, "it is too long");
        }
        try {
            return object(Utf8.decode(bytes), name);
        } catch (IOException e) {
            throw damaged(name, "it is not a JSON object in UTF-8");
        }
    }

    static Map<String, Object> object(String text, String name) throws DamagedException {
        try (JsonParser parser = JSON.std.createParser(text)) {
            Map<String, Object> object = JSON.std.mapFrom(parser);
            if (object != null && parser.nextToken() == null) {
                return object;
            }
        } catch (IOException e) {
            throw damaged(name, "it is not a JSON object");
        }
        throw damaged(name, "it is not a JSON object, or not only one");
    }

    /** An object all of whose members are strings. */
    static Map<String, String> strings(byte[] bytes, String name) throws DamagedException {
        Map<String, String> strings = new LinkedHashMap<>();
        for (Map.Entry<String, Object> member : object(bytes, name).entrySet()) {
            strings.put(member.getKey(), value(member.getKey(), member.getValue(), String.class, name));
        }
        return strings;
    }

    static String string(Map<String, Object> object, String member, String name) throws DamagedException {
        return value(member, object.get(member), String.class, name);
    }

    static int integer(Map<String, Object> object, String member, String name) throws DamagedException {
        return value(member, object.get(member), Integer.class, name);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Map<String, Object> object, String member, String name) throws DamagedException {
        return value(member, object.get(member), Map.class, name);
    }

    /** A member that is base64 in its only canonical form, padding included. */
    static byte[] base64(Map<String, ?> object, String member, String name) throws DamagedException {
        String text = value(member, object.get(member), String.class, name);
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw damaged(name, "its member \"" + member + "\" is not base64");
        }
        throw damaged(name, "its member \"" + member + "\" is not base64 in canonical form");
    }

    private static <T> T value(String member, Object value, Class<T> type, String name) throws DamagedException {
        if (!type.isInstance(value)) {
            throw damaged(name, "its member \"" + member + "\" is missing or of the wrong type");
        }
        return type.cast(value);
    }

    static DamagedException damaged(String name, String how) {
        return new DamagedException(name + " is damaged: " + how + ". Read it from another destination.");
    }
}
