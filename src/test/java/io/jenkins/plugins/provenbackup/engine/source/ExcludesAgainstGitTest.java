package io.jenkins.plugins.provenbackup.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The authority on gitignore is Git itself. */
class ExcludesAgainstGitTest {

    private static final int ROUNDS = 60;

    private static final String[] NAMES = {"a", "b", "ab", "a.b", "-", "a b", "[", "A", "b]", "aab"};

    private static final String[] PIECES = {
        "a",
        "b",
        "a",
        "b",
        "*",
        "?",
        "**",
        "/",
        "/",
        "**/",
        "/**",
        "[ab]",
        "[!a]",
        "[^b-]",
        "[]a]",
        "[[:upper:]]",
        ".",
        "-",
        "\\[",
        "\\a",
        " ",
        "[a-]",
        "[\\]b]",
        "***",
        "[a-b]*",
        "\\*",
        "/a",
        "ab",
        "*b"
    };

    @Test
    void keepsWhatGitKeeps(@TempDir Path directory) throws Exception {
        assumeThat(hasGit()).as("git is installed").isTrue();
        Random random = new Random(20260101);
        Path tree = Files.createDirectory(directory.resolve("tree"));
        List<String> paths = grow(tree, random);
        Path repository = directory.resolve("git");
        run(tree, new byte[0], "init", "-q", "--separate-git-dir", repository.toString());
        Files.delete(tree.resolve(".git"));
        int different = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String patterns = patterns(random);
            Files.writeString(repository.resolve("info/exclude"), patterns);
            byte[] list = paths.stream()
                    .map(path -> path + "\0")
                    .collect(Collectors.joining())
                    .getBytes(StandardCharsets.UTF_8);
            String ignored = run(
                    tree,
                    list,
                    "--git-dir=" + repository,
                    "--work-tree=" + tree,
                    "check-ignore",
                    "--no-index",
                    "-z",
                    "--stdin");
            TreeSet<String> kept = new TreeSet<>(paths);
            for (String path : ignored.split("\0", -1)) {
                kept.remove(path);
            }
            Excludes excludes = Excludes.builder()
                    .addLines(patterns.getBytes(StandardCharsets.UTF_8), "test")
                    .build();
            TreeSet<String> walked = new TreeSet<>();
            for (SourceItem item :
                    Walked.of(tree, WalkOptions.ALL.withExcludes(excludes)).items()) {
                walked.add(new String(item.node().path().toByteArray(), StandardCharsets.UTF_8));
            }
            walked.remove("");

            TreeSet<String> onlyHere = new TreeSet<>(walked);
            onlyHere.removeAll(kept);
            TreeSet<String> onlyGit = new TreeSet<>(kept);
            onlyGit.removeAll(walked);
            assertThat(onlyHere).as("excluded by Git alone, by%n%s", patterns).isEmpty();
            assertThat(onlyGit).as("kept by Git alone, with%n%s", patterns).isEmpty();
            different += kept.size() < paths.size() && !kept.isEmpty() ? 1 : 0;
        }
        assertThat(different).as("rounds in which patterns took some").isGreaterThan(ROUNDS / 3);
    }

    private static List<String> grow(Path tree, Random random) throws IOException {
        List<String> directories = new ArrayList<>(List.of(""));
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            String parent = directories.get(random.nextInt(directories.size()));
            String path = parent + NAMES[random.nextInt(NAMES.length)];
            if (paths.contains(path) || parent.length() > 12) {
                continue;
            }
            paths.add(path);
            if (random.nextInt(3) == 0) {
                Files.createDirectory(tree.resolve(path));
                directories.add(path + "/");
            } else {
                Files.createFile(tree.resolve(path));
            }
        }
        return paths;
    }

    /** Random lines, without those that we refuse and Git lets match nothing. */
    private static String patterns(Random random) {
        StringBuilder lines = new StringBuilder();
        int count = 1 + random.nextInt(5);
        while (count > 0) {
            StringBuilder line = new StringBuilder(random.nextInt(4) == 0 ? "!" : "");
            int pieces = 1 + random.nextInt(5);
            for (int i = 0; i < pieces; i++) {
                line.append(PIECES[random.nextInt(PIECES.length)]);
            }
            line.append(random.nextInt(5) == 0 ? "/" : "");
            // Git cuts the literal start off first and then takes the stars behind it for a component of their own,
            // against its documentation, which we follow.
            if (line.toString().matches(".*[^/*!][*][*].*")) {
                continue;
            }
            try {
                Excludes.builder().addLines(line.toString().getBytes(StandardCharsets.UTF_8), "");
                lines.append(line).append('\n');
                count--;
            } catch (BadPatternException e) {
                // so it does not count
            }
        }
        return lines.toString();
    }

    private static boolean hasGit() throws InterruptedException {
        try {
            return new ProcessBuilder("git", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String run(Path directory, byte[] input, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        Process git = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Thread writer = new Thread(() -> {
            try (OutputStream in = git.getOutputStream()) {
                in.write(input);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        writer.start();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        git.getInputStream().transferTo(out);
        writer.join();
        assertThat(git.waitFor()).isIn(0, 1);
        return out.toString(StandardCharsets.UTF_8);
    }
}
