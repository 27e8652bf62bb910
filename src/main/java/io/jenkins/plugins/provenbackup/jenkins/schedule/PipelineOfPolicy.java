package io.jenkins.plugins.provenbackup.jenkins.schedule;

import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.JenkinsHomeSource;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicySource;
import java.util.List;

/** A policy as a Pipeline: its script, and the configuration of a job with it. Immutable. */
final class PipelineOfPolicy {

    /** For a test whose policy does not say when: weekly, at a time that follows from the job's name. */
    private static final String WEEKLY = "H H * * 0";

    private final BackupPolicy policy;
    private final RunKind kind;

    /**
     * Reads nothing yet.
     *
     * @param kind a backup, or a recovery test
     */
    PipelineOfPolicy(BackupPolicy policy, RunKind kind) {
        this.policy = policy;
        this.kind = kind;
    }

    /** In Groovy. */
    String script() {
        return kind == RunKind.BACKUP ? backup() : test();
    }

    private String backup() {
        String step = "backup policy: " + quoted(policy.getName()) + "\n";
        boolean isInWorkspace = !policy.getSources().stream().allMatch(PolicySource::isOnController);
        return isInWorkspace
                ? "node {\n    // Put what is to be backed up into the workspace here.\n    " + step + "}\n"
                : step;
    }

    private String test() {
        StringBuilder script = new StringBuilder();
        List<PolicySource> sources = policy.getSources();
        for (PolicySource source : sources) {
            String parameters = "policy: " + quoted(policy.getName())
                    + (sources.size() == 1 ? "" : ", source: " + quoted(source.getName()));
            if (source instanceof JenkinsHomeSource) {
                script.append("verifyRestore(")
                        .append(parameters)
                        .append(policy.isBootTest() ? ", boot: true" : "")
                        .append(") {\n    echo 'restored and compared'\n}\n");
            } else {
                script.append("node {\n    verifyRestore(")
                        .append(parameters)
                        .append(") {\n        // Try here what was restored, for instance: sh './smoke-test.sh'\n")
                        .append("        echo 'restored and compared'\n    }\n}\n");
            }
        }
        return script.toString();
    }

    /** When, in Jenkins' cron syntax with its time zone; empty for never. */
    String trigger() {
        String own = kind == RunKind.BACKUP ? policy.getSchedule() : policy.getTestSchedule();
        String times = own.isEmpty() && kind == RunKind.RECOVERY_TEST ? WEEKLY : own;
        boolean isZoned = times.isEmpty()
                || times.startsWith("TZ=")
                || policy.getTimeZone().isEmpty();
        return isZoned ? times : "TZ=" + policy.getTimeZone() + "\n" + times;
    }

    /** The job's {@code config.xml}. */
    String xml() {
        String trigger = trigger();
        String triggers = trigger.isEmpty()
                ? ""
                : "<org.jenkinsci.plugins.workflow.job.properties.PipelineTriggersJobProperty><triggers>"
                        + "<hudson.triggers.TimerTrigger><spec>" + escaped(trigger)
                        + "</spec></hudson.triggers.TimerTrigger>"
                        + "</triggers></org.jenkinsci.plugins.workflow.job.properties.PipelineTriggersJobProperty>";
        return "<?xml version='1.1' encoding='UTF-8'?>\n<flow-definition><description>"
                + escaped(Messages.PipelineOfPolicy_description(policy.getName(), kind.getDisplayName()))
                + "</description><properties>"
                + "<org.jenkinsci.plugins.workflow.job.properties.DisableConcurrentBuildsJobProperty/>" + triggers
                + "</properties><definition class=\"org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition\"><script>"
                + escaped(script())
                + "</script><sandbox>true</sandbox></definition><disabled>false</disabled></flow-definition>\n";
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
