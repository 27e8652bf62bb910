package io.jenkins.plugins.provenbackup.format.reader;

import static io.jenkins.plugins.provenbackup.format.reader.Fields.require;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** As much of JSON (RFC 8259) as the documents of a repository use. */
final class Json {

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** The members of an object: strings, longs, booleans, lists and maps. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> object(String text) {
        Json json = new Json(text);
        Object value = json.value();
        require(json.next() == 0 && value instanceof Map, "not one JSON object");
        return (Map<String, Object>) value;
    }

    private Object value() {
        char first = next();
        if (first == '{') {
            Map<String, Object> members = new LinkedHashMap<>();
            for (at++; next() != '}'; skip(',', '}')) {
                String name = string();
                require(next() == ':', "no colon in JSON");
                at++;
                members.put(name, value());
            }
            at++;
            return members;
        }
        if (first == '[') {
            List<Object> items = new ArrayList<>();
            for (at++; next() != ']'; skip(',', ']')) {
                items.add(value());
            }
            at++;
            return items;
        }
        if (first == '"') {
            return string();
        }
        int start = at;
        while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(start, at);
        return word.equals("true") || word.equals("false")
                ? (Object) Boolean.valueOf(word)
                : (Object) Long.valueOf(word);
    }

    private String string() {
        require(next() == '"', "no string in JSON");
        StringBuilder string = new StringBuilder();
        for (at++; text.charAt(at) != '"'; at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                c = text.charAt(++at);
                int escape = "bfnrt".indexOf(c);
                if (c == 'u') {
                    c = (char) Integer.parseInt(text.substring(at + 1, at + 5), 16);
                    at += 4;
                } else if (escape >= 0) {
                    c = "\b\f\n\r\t".charAt(escape);
                }
            }
            string.append(c);
        }
        at++;
        return string.toString();
    }

    /** The next character that is not white space, without taking it; 0 at the end. */
    private char next() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private void skip(char separator, char end) {
        if (next() == separator) {
            at++;
        } else {
            require(next() == end, "JSON that is cut short");
        }
    }
}
