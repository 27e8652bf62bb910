package io.jenkins.plugins.provenbackup.jenkins.metrics;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * Gauges in Prometheus' text format 0.0.4. Labels are names of policies and of configured destinations alone: whatever else
 * somebody makes up must not grow the server's index. For one thread.
 */
public final class MetricLines {

    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /** By name of a metric its lines, in the order in which they came up. */
    private final Map<String, StringBuilder> metrics = new LinkedHashMap<>();

    /** The labels of what is about a policy. */
    public static String of(String policy) {
        return "{policy=\"" + escape(policy) + "\"}";
    }

    /** The labels of what is about a destination in a policy. */
    public static String of(String policy, String destination) {
        return "{policy=\"" + escape(policy) + "\",destination=\"" + escape(destination) + "\"}";
    }

    /**
     * Adds a line.
     *
     * @param name without the common beginning
     * @param help what it is, without a full stop
     * @param labels as {@link #of(String)} made them
     */
    public MetricLines add(String name, String help, String labels, String value) {
        String full = "proven_backup_" + name;
        metrics.computeIfAbsent(
                        full,
                        metric ->
                                new StringBuilder("# HELP " + metric + " " + help + ".\n# TYPE " + metric + " gauge\n"))
                .append(full)
                .append(labels)
                .append(' ')
                .append(value)
                .append('\n');
        return this;
    }

    /** Adds a line with a whole number. */
    public MetricLines add(String name, String help, String labels, long value) {
        return add(name, help, labels, Long.toString(value));
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
        return String.join("", metrics.values());
    }
}
