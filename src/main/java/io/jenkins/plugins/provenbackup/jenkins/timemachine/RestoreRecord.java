package io.jenkins.plugins.provenbackup.jenkins.timemachine;

/** A line of the log of restores. Immutable. */
public final class RestoreRecord {

    private final String time;
    private final String event;
    private final String id;
    private final String user;
    private final Subject subject;
    private final String detail;

    RestoreRecord(String time, String event, String id, String user, Subject subject, String detail) {
        this.time = time;
        this.event = event;
        this.id = id;
        this.user = user;
        this.subject = subject;
        this.detail = detail;
    }

    /** What is restored. Immutable. */
    static final class Subject {

        private final String source;
        private final String snapshot;
        private final String path;
        private final String from;
        private final String to;

        Subject(String source, String snapshot, String path, String from, String to) {
            this.source = source;
            this.snapshot = snapshot;
            this.path = path;
            this.from = from;
            this.to = to;
        }
    }

    /** ISO 8601, in UTC. */
    public String getTime() {
        return time;
    }

    /** {@code begun}, {@code done}, {@code incomplete}, {@code failed} or {@code enabled}. */
    public String getEvent() {
        return event;
    }

    /** Of the restore: the same at its begin and its end. */
    public String getId() {
        return id;
    }

    public String getUser() {
        return user;
    }

    public String getSource() {
        return subject.source;
    }

    /** The beginning of the snapshot's id. */
    public String getSnapshot() {
        return subject.snapshot;
    }

    /** In the snapshot. */
    public String getPath() {
        return subject.path;
    }

    /** Destinations that have the snapshot. */
    public String getFrom() {
        return subject.from;
    }

    /** A job's name or a directory. */
    public String getTo() {
        return subject.to;
    }

    /** The same without what became of it. */
    RestoreRecord withoutDetail() {
        return new RestoreRecord(time, event, id, user, subject, "");
    }

    /** What became of it. */
    public String getDetail() {
        return detail;
    }
}
