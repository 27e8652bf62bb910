package io.jenkins.plugins.provenbackup.jenkins.schedule;

/** How a run stands, or ended; the worse the later. */
public enum RunResult {
    RUNNING("symbol-status-blue-anime", "good"),
    SUCCESS("symbol-status-blue", "good"),
    /** Done, but something is missing: a copy, files that could not be read, an objective. */
    INCOMPLETE("symbol-status-yellow", "warning"),
    FAILED("symbol-status-red", "bad"),
    /** By somebody, or by the end of Jenkins. */
    STOPPED("symbol-status-aborted", "warning");

    private final String icon;
    private final String style;

    RunResult(String icon, String style) {
        this.icon = icon;
        this.style = style;
    }

    /** The name of Jenkins' symbol. */
    public String getIcon() {
        return icon;
    }

    /** For names of style classes: {@code good}, {@code warning} or {@code bad}. */
    public String getStyle() {
        return style;
    }

    /** For people. */
    public String getDisplayName() {
        return switch (this) {
            case RUNNING -> Messages.RunResult_running();
            case SUCCESS -> Messages.RunResult_success();
            case INCOMPLETE -> Messages.RunResult_incomplete();
            case FAILED -> Messages.RunResult_failed();
            case STOPPED -> Messages.RunResult_stopped();
        };
    }

    RunResult or(RunResult other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
