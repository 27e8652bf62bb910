package io.jenkins.plugins.provenbackup.jenkins.results;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What all reports have. Immutable. */
@ExportedBean(defaultVisibility = 999)
public abstract class Report implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Messages that are kept word for word, since a build's record is read often; the rest is counted. */
    static final int MOST_MESSAGES = 100;

    private final String policy;
    private final String source;
    private final String id;
    private final long startMillis;
    private final long durationMillis;
    private final Map<String, Long> phases;

    Report(ReportSubject subject, String id, RunTimes times, Duration duration) {
        this.policy = subject.policy();
        this.source = subject.source();
        this.id = id;
        this.startMillis = times.startMillis();
        this.durationMillis = duration.toMillis();
        this.phases = times.phases();
    }

    /** The policy's name; empty for none. */
    @Exported
    @Whitelisted
    public String getPolicy() {
        return policy;
    }

    /** The name of the source whose snapshot it is. */
    @Exported
    @Whitelisted
    public String getSource() {
        return source;
    }

    /** The snapshot's id, 64 hexadecimal digits; empty after a dry run of a backup. */
    @Exported
    @Whitelisted
    public String getId() {
        return id;
    }

    /** When it began, in milliseconds since 1970. */
    @Exported
    @Whitelisted
    public long getStartMillis() {
        return startMillis;
    }

    /** How long it took. */
    @Exported
    @Whitelisted
    public long getDurationMillis() {
        return durationMillis;
    }

    /** Milliseconds by phase ({@code planning}, {@code reading} ...), in their order. */
    @Exported
    @Whitelisted
    public Map<String, Long> getPhases() {
        return new LinkedHashMap<>(phases);
    }

    /** Whether everything that was asked for is there, which is exit status 0 of the command line. */
    @Exported
    @Whitelisted
    public abstract boolean isComplete();

    /** Bytes of content per second over the whole duration. */
    @Exported
    @Whitelisted
    public abstract long getBytesPerSecond();

    /** The throughput of so many bytes. */
    static long perSecond(long bytes, long millis) {
        return Math.round(bytes * 1000.0 / Math.max(1, millis));
    }

    static List<String> firstOf(List<String> messages) {
        return new ArrayList<>(messages.subList(0, Math.min(messages.size(), MOST_MESSAGES)));
    }
}
