package io.jenkins.plugins.provenbackup.jenkins.continuous;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.provenbackup.jenkins.access.BootMode;
import java.io.File;
import jenkins.model.Jenkins;

/** Notes where jobs and folders come, go, and move; ends the worker before Jenkins ends. */
@Extension
public final class ItemNotes extends ItemListener {

    private static final String CONFIGURATION = "config.xml";

    @Override
    public void onCreated(Item item) {
        note(new File(item.getRootDir(), CONFIGURATION));
    }

    @Override
    public void onUpdated(Item item) {
        note(new File(item.getRootDir(), CONFIGURATION));
    }

    @Override
    public void onDeleted(Item item) {
        note(item.getRootDir());
    }

    /** Told of each item in a folder that was moved, too. */
    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        note(item.getRootDir());
        // Where it was: folders keep their jobs in a directory of that name. What keeps them elsewhere, the daily walk
        // finds.
        note(new File(Jenkins.get().getRootDir(), "jobs/" + String.join("/jobs/", oldFullName.split("/", -1))));
    }

    @Override
    public void onBeforeShutdown() {
        if (BootMode.isOn()) {
            return;
        }
        try {
            ExtensionList.lookupSingleton(ContinuousProtection.class).shutDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void note(File file) {
        SaveNotes.paths().add(file.getPath());
    }
}
