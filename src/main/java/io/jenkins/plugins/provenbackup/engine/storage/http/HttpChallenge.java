package io.jenkins.plugins.provenbackup.engine.storage.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a server wants to be told who we are (RFC 9110, section 11.6.1).
 *
 * @param scheme in lower case
 * @param parameters by their names in lower case
 */
record HttpChallenge(String scheme, Map<String, String> parameters) {

    // A name, and behind it, when it is a parameter's, a value in quotes or without.
    private static final Pattern PART =
            Pattern.compile("([A-Za-z0-9!#$%&'*+.^_`|~-]+)(?:\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,\"=]+)))?");

    /** All challenges of an answer's headers {@code WWW-Authenticate}. */
    static List<HttpChallenge> parse(List<String> headers) {
        List<HttpChallenge> found = new ArrayList<>();
        for (String header : headers) {
            Matcher part = PART.matcher(header);
            while (part.find()) {
                String name = part.group(1).toLowerCase(Locale.ROOT);
                if (part.group(2) == null && part.group(3) == null) {
                    found.add(new HttpChallenge(name, new HashMap<>()));
                } else if (!found.isEmpty()) {
                    String value = part.group(2) == null
                            ? part.group(3)
                            : part.group(2).replaceAll("\\\\(.)", "$1");
                    found.get(found.size() - 1).parameters.putIfAbsent(name, value);
                }
            }
        }
        return found;
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }
}
