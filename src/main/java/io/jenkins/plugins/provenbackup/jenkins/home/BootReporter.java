package io.jenkins.plugins.provenbackup.jenkins.home;

import hudson.Extension;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.provenbackup.jenkins.access.BootMode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;

/** Tells the parent of a booted copy what was loaded, once everything is. */
@Extension(ordinal = -Double.MAX_VALUE)
public final class BootReporter extends ItemListener {

    @Override
    public void onLoaded() {
        Optional<Path> file = BootMode.report();
        if (file.isEmpty()) {
            return;
        }
        long ready = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        BootReport report;
        try {
            report = LoadedHome.of(Jenkins.get()).report(ready);
        } catch (IOException | RuntimeException e) {
            report = new BootReport(
                    "", ready, false, List.of(), 0, List.of(), List.of("what was loaded cannot be looked at: " + e));
        }
        try {
            BootReportFile.write(file.get(), report);
        } catch (IOException e) {
            // Nobody else to tell: the parent shows this process' log when no report comes.
            throw new IllegalStateException("cannot write the report", e);
        }
    }
}
