package io.jenkins.plugins.provenbackup.engine.policy.yaml;

import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads policies from YAML 1.2 files. */
public final class PolicyFile {

    /** Largest file in bytes. */
    public static final int LARGEST = 1 << 18;

    private PolicyFile() {}

    /**
     * Reads one.
     *
     * @throws PolicyFileException when the file cannot be read, is larger than {@link #LARGEST}, or is no policy
     */
    public static Policy read(Path file) throws PolicyFileException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(LARGEST + 1);
            if (content.length > LARGEST) {
                throw new PolicyFileException(file.toString(), "a policy has at most 256 KiB; is this the right file?");
            }
            return parse(new String(content, StandardCharsets.UTF_8), file.toString());
        } catch (PolicyFileException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new PolicyFileException(file.toString(), "there is no such file");
        } catch (IOException e) {
            throw new PolicyFileException(file.toString(), "cannot be read: " + e.getMessage());
        }
    }

    /**
     * Reads one from text.
     *
     * @param name of the file, for messages
     * @throws PolicyFileException when it is no policy
     */
    public static Policy parse(String text, String name) throws PolicyFileException {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setCodePointLimit(LARGEST)
                .setUseMarks(true)
                .build();
        Optional<Node> root;
        try {
            root = new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            throw new PolicyFileException(name, line, "this is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new PolicyFileException(name, "this is not YAML: " + firstLine(e.getMessage()));
        }
        if (root.isEmpty()) {
            throw new PolicyFileException(name, "the file is empty: it needs 'policy', 'sources' and 'destinations'");
        }
        return new PolicyReader().read(new YamlNode(name, "the policy", root.get()));
    }

    private static String firstLine(String message) {
        return message == null
                ? "it cannot be understood"
                : message.lines().findFirst().orElse("");
    }
}
