package hudson.model.listeners;

import hudson.ExtensionPoint;
import hudson.XmlFile;
import hudson.model.Saveable;

public abstract class SaveableListener implements ExtensionPoint {

    public void onChange(Saveable object, XmlFile file) {
        throw new UnsupportedOperationException();
    }

    public void onDeleted(Saveable object, XmlFile file) {
        throw new UnsupportedOperationException();
    }
}
