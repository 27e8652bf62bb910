package io.jenkins.plugins.provenbackup.jenkins.continuous;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;

/** Notes each file that Jenkins saves or deletes, but those of builds and of the queue. */
@Extension
public final class SaveNotes extends SaveableListener {

    private final NotedPaths paths = new NotedPaths();

    /** Those of this Jenkins. */
    static NotedPaths paths() {
        return ExtensionList.lookupSingleton(SaveNotes.class).paths;
    }

    @Override
    public void onChange(Saveable object, XmlFile file) {
        note(object, file);
    }

    @Override
    public void onDeleted(Saveable object, XmlFile file) {
        note(object, file);
    }

    private void note(Saveable object, XmlFile file) {
        if (!(object instanceof Run) && !(object instanceof Queue)) {
            paths.add(file.getFile().getPath());
        }
    }
}
