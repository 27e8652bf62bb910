package io.jenkins.plugins.provenbackup.jenkins.metrics;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * Gauges, for Prometheus' text format 0.0.4. Labels are names of policies and of configured destinations alone: whatever else
 * somebody makes up must not grow the server's index. For one thread.
 */
public final class MetricLines {

    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Map<String, Metric> metrics = new LinkedHashMap<>();

    /**
     * What a line is about.
     *
     * @param names of the labels
     * @param values of them, in the same order
     */
    public record Labels(List<String> names, List<String> values) {

        public Labels {
            names = List.copyOf(names);
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            List<String> pairs = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                pairs.add(names.get(i) + "=\"" + escape(values.get(i)) + "\"");
            }
            return "{" + String.join(",", pairs) + "}";
        }
    }

    /** One line. */
    public record Line(Labels labels, String value) {}

    /**
     * All lines of one name.
     *
     * @param name in full
     * @param help what it is, in a sentence
     * @param lines in the order in which they came up
     */
    public record Metric(String name, String help, List<Line> lines) {

        private String text() {
            StringBuilder text = new StringBuilder("# HELP " + name + " " + help + "\n# TYPE " + name + " gauge\n");
            lines.forEach(line -> text.append(name)
                    .append(line.labels())
                    .append(' ')
                    .append(line.value())
                    .append('\n'));
            return text.toString();
        }
    }

    /** The labels of what is about a policy. */
    public static Labels of(String policy) {
        return new Labels(List.of("policy"), List.of(policy));
    }

    /** The labels of what is about a destination in a policy. */
    public static Labels of(String policy, String destination) {
        return new Labels(List.of("policy", "destination"), List.of(policy, destination));
    }

    /**
     * Adds a line.
     *
     * @param name without the common beginning
     * @param help what it is, without a full stop
     * @param labels of the same names wherever the metric's name is the same
     */
    public MetricLines add(String name, String help, Labels labels, String value) {
        metrics.computeIfAbsent("proven_backup_" + name, full -> new Metric(full, help + ".", new ArrayList<>()))
                .lines()
                .add(new Line(labels, value));
        return this;
    }

    /** Adds a line with a whole number. */
    public MetricLines add(String name, String help, Labels labels, long value) {
        return add(name, help, labels, Long.toString(value));
    }

    /** All that was added, in the order in which the names came up. */
    public List<Metric> metrics() {
        return List.copyOf(metrics.values());
    }

    /** Sends all lines. */
    public void send(StaplerResponse2 response) throws IOException {
        response.setContentType(TYPE);
        response.getWriter().write(toString());
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        metrics.values().forEach(metric -> text.append(metric.text()));
        return text.toString();
    }
}
