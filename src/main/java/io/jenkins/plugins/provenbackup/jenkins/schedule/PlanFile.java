package io.jenkins.plugins.provenbackup.jenkins.schedule;

import hudson.XmlFile;
import java.io.File;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** The plan on disk, written when it changed. For one thread at a time. */
final class PlanFile {

    private static final Logger LOGGER = Logger.getLogger(PlanFile.class.getName());

    private final XmlFile file;
    private final Plan plan;
    private String kept;

    private PlanFile(XmlFile file, Plan plan) {
        this.file = file;
        this.plan = plan;
        this.kept = plan.state();
    }

    /** The one of this Jenkins; a new one when there is none that can be read. */
    static PlanFile read() {
        XmlFile file = new XmlFile(new File(Jenkins.get().getRootDir(), "proven-backup/runs/plan.xml"));
        try {
            if (file.exists() && file.read() instanceof Plan plan) {
                return new PlanFile(file, plan);
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "It is not known which scheduled runs were missed");
        }
        return new PlanFile(file, new Plan());
    }

    Plan plan() {
        return plan;
    }

    void keep() {
        String state = plan.state();
        if (!state.equals(kept)) {
            try {
                file.write(plan);
                kept = state;
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "Which scheduled runs are missed will not be known after a restart");
            }
        }
    }
}
