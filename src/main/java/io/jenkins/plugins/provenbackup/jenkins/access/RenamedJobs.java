package io.jenkins.plugins.provenbackup.jenkins.access;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.listeners.ItemListener;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import jenkins.model.Jenkins;

/**
 * Remembers under which name a job began, so that a job that is renamed or moved keeps its snapshots, and another job that takes
 * its old name does not get them. Thread-safe.
 */
@Extension
public final class RenamedJobs extends ItemListener {

    private final Map<String, String> origins = new TreeMap<>();
    private boolean isLoaded;

    static RenamedJobs get() {
        return ExtensionList.lookupSingleton(RenamedJobs.class);
    }

    /** The name that a job's sources carry. */
    synchronized String origin(Job<?, ?> job) {
        load();
        String name = job.getFullName();
        String known = origins.get(name);
        if (known != null) {
            return known;
        }
        if (!origins.containsValue(name)) {
            return name;
        }
        // Somebody else began under this name. No job's name can hold a '#'.
        int number = 2;
        while (origins.containsValue(name + "#" + number)) {
            number++;
        }
        origins.put(name, name + "#" + number);
        save();
        return name + "#" + number;
    }

    @Override
    public synchronized void onLocationChanged(Item item, String oldFullName, String newFullName) {
        if (!(item instanceof Job)) {
            return;
        }
        load();
        String origin = origins.remove(oldFullName);
        origins.put(newFullName, origin == null ? oldFullName : origin);
        save();
    }

    private void load() {
        if (isLoaded) {
            return;
        }
        XmlFile file = file();
        try {
            if (file.exists()) {
                ((Map<?, ?>) file.read()).forEach((name, origin) -> origins.put((String) name, (String) origin));
            }
            isLoaded = true;
        } catch (IOException e) {
            // Going on would give one job the snapshots of another.
            throw new UncheckedIOException("Cannot read which jobs were renamed: " + e.getMessage(), e);
        }
    }

    private void save() {
        try {
            file().write(new TreeMap<>(origins));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep which jobs were renamed: " + e.getMessage(), e);
        }
    }

    private static XmlFile file() {
        return new XmlFile(new File(Jenkins.get().getRootDir(), RenamedJobs.class.getName() + ".xml"));
    }
}
