package io.jenkins.plugins.provenbackup.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Runs command lines in this process, as a shell would in its own. */
public final class Shell {

    private final Map<String, String> environment = new HashMap<>();
    private byte[] input = new byte[0];
    private Optional<Surroundings.Prompt> prompt = Optional.empty();

    public Shell(Path home) {
        environment.put("HOME", home.toString());
    }

    /** What a command left. */
    public record Outcome(int status, String out, String err) {

        public Map<String, Object> json() throws IOException {
            return JSON.std.mapFrom(out);
        }
    }

    public Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Shell without(String variable) {
        environment.remove(variable);
        return this;
    }

    Shell typing(String... answers) {
        var left = Arrays.asList(answers).iterator();
        prompt =
                Optional.of(question -> left.hasNext() ? Optional.of(left.next().toCharArray()) : Optional.empty());
        return this;
    }

    Shell reading(String text) {
        input = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    public Outcome run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(input),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                prompt,
                Surroundings.Display.PLAIN);
        int status = CommandLineRun.run(arguments, surroundings);
        return new Outcome(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
