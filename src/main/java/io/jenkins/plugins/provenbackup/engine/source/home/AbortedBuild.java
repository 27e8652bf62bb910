package io.jenkins.plugins.provenbackup.engine.source.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Marks a build that was under way as aborted, so that Jenkins does not go on with it. The text is changed at three places and left
 * as it is elsewhere: what plugins keep in it is none of ours.
 */
final class AbortedBuild {

    private static final Pattern RESULT = Pattern.compile("(?m)^ {2}<result>[A-Z_]+</result>\\r?\\n");
    private static final Pattern COMPLETED = Pattern.compile("(?m)^( {2}<completed>)false(</completed>)");
    private static final Pattern END = Pattern.compile("</[^<>]+>\\s*\\z");

    private AbortedBuild() {}

    static void mark(Path file) throws IOException {
        // Byte for byte, whatever the encoding: all that is looked for is ASCII.
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        String open = RESULT.matcher(text).replaceAll("");
        String completed = COMPLETED.matcher(open).replaceAll("$1true$2");
        String aborted = END.matcher(completed).replaceFirst("  <result>ABORTED</result>\n$0");
        Files.writeString(file, aborted, StandardCharsets.ISO_8859_1);
    }
}
