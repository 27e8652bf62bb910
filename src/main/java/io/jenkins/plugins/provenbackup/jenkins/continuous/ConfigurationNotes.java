package io.jenkins.plugins.provenbackup.jenkins.continuous;

import hudson.Extension;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.schedule.PolicyNotes;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;

/** Says on a policy's page how the protection of the configuration stands. */
@Extension
public final class ConfigurationNotes implements PolicyNotes {

    @Override
    public List<String> of(BackupPolicy policy) {
        List<String> notes = new ArrayList<>();
        if (policy.isContinuous()) {
            ContinuousProtection.get().of(policy.getName()).ifPresent(one -> {
                notes.add(one.newest()
                        .map(time -> Messages.ConfigurationNotes_newest(text(time)))
                        .orElseGet(Messages::ConfigurationNotes_none));
                if (!one.problem().isEmpty()) {
                    notes.add(Messages.ConfigurationNotes_problem(one.problem()));
                }
            });
        }
        return notes;
    }

    private static String text(Instant time) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM).format(time.atZone(ZoneId.systemDefault()));
    }
}
