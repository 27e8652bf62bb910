package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example alert rules, and the text that they are about, held against Prometheus' own tool. */
class PrometheusAlertsTest {

    private static final Path RULES = Path.of("docs/examples/prometheus-alerts.yml");

    @TempDir
    private Path folder;

    @Test
    void theRulesNameNothingThatIsNotServed() throws Exception {
        Set<String> named = Pattern.compile("\\bproven_backup_\\w+")
                .matcher(Files.readString(RULES))
                .results()
                .map(found -> found.group())
                .collect(Collectors.toSet());

        String served = text();

        assertThat(named)
                .hasSizeGreaterThan(8)
                .allSatisfy(name -> assertThat(served).contains("\n# TYPE " + name + " gauge\n"));
    }

    @Test
    void promtoolTakesTheText() throws Exception {
        assumeTrue(isThere("promtool"), "promtool is not installed");
        Path metrics = Files.writeString(folder.resolve("metrics"), text());

        assertThat(run(metrics, "promtool", "check", "metrics")).isEqualTo(0);
    }

    @Test
    void promtoolTakesTheRules() throws Exception {
        assumeTrue(isThere("promtool"), "promtool is not installed");

        assertThat(run(null, "promtool", "check", "rules", RULES.toString())).isEqualTo(0);
    }

    @Test
    void eachRuleFiresWhenItShouldAndOnlyThen() throws Exception {
        assumeTrue(isThere("promtool"), "promtool is not installed");
        Files.copy(RULES, folder.resolve("prometheus-alerts.yml"));
        Path tests = folder.resolve("tests.yml");
        try (var input = getClass().getResourceAsStream("prometheus-alerts-tests.yml")) {
            Files.copy(input, tests);
        }

        assertThat(run(null, "promtool", "test", "rules", tests.toString())).isEqualTo(0);
        List<String> alerts = Files.readAllLines(RULES).stream()
                .filter(line -> line.contains("- alert: "))
                .map(line -> line.replace("- alert: ", "").strip())
                .toList();
        assertThat(Files.readAllLines(tests).stream()
                        .filter(line -> line.contains("alertname: "))
                        .map(line -> line.replaceAll(".*alertname: ", ""))
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(alerts);
    }

    private static String text() {
        ComplianceMetrics metrics = new ComplianceMetrics();
        metrics.add(SampleStanding.of("shop", 1));
        metrics.add(SampleStanding.of("a \"name\" with \\ and\nmore", 0));
        return metrics.toString();
    }

    private static boolean isThere(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
    }

    private int run(Path input, String... command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.redirectInput(
                input == null ? ProcessBuilder.Redirect.PIPE : ProcessBuilder.Redirect.from(input.toFile()));
        Process process = builder.start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        System.out.print(process.exitValue() == 0 ? "" : Files.readString(output));
        return process.exitValue();
    }
}
