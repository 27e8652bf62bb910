package io.jenkins.plugins.provenbackup.engine.source.home;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code build.xml} says of a build. A Pipeline's says whether it is completed; all others have a result only at their end.
 * The text is searched rather than parsed, its end first: a build.xml may hold megabytes of what plugins keep there, and many
 * are looked at.
 */
public final class UnfinishedBuilds implements RunningBuilds {

    /** Result and completion stand behind what plugins keep. */
    private static final int TAIL = 8192;

    private static final long MOST = 64L << 20;

    /** Two blanks: what belongs to the build itself. */
    private static final Pattern COMPLETED = Pattern.compile("(?m)^ {2}<completed>(true|false)</completed>\\r?$");

    private static final Pattern RESULT = Pattern.compile("(?m)^ {2}<result>[A-Z_]+</result>\\r?$");

    @Override
    public boolean isRunning(Path buildDirectory) {
        try (SeekableByteChannel file = Files.newByteChannel(buildDirectory.resolve("build.xml"))) {
            long size = file.size();
            Optional<Boolean> verdict = verdict(text(file, Math.max(0, size - TAIL)));
            if (verdict.isEmpty() && size > TAIL && size <= MOST) {
                verdict = verdict(text(file, 0));
            }
            return verdict.orElse(true);
        } catch (NoSuchFileException e) {
            // It is written when a build ends; a Pipeline's earlier, too.
            return true;
        } catch (IOException e) {
            // What cannot be read is reported when its turn comes. To leave nothing out is right for whatever it is.
            return false;
        }
    }

    private static Optional<Boolean> verdict(String text) {
        Matcher completed = COMPLETED.matcher(text);
        if (completed.find()) {
            return Optional.of(completed.group(1).equals("false"));
        }
        return RESULT.matcher(text).find() ? Optional.of(false) : Optional.empty();
    }

    private static String text(SeekableByteChannel file, long from) throws IOException {
        file.position(from);
        ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(file.size() - from));
        while (buffer.hasRemaining() && file.read(buffer) >= 0) {
            // Goes on.
        }
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
    }
}
