package hudson;

import hudson.model.ModelObject;
import org.kohsuke.stapler.export.ExportedBean;

@ExportedBean
public class PluginWrapper implements Comparable<PluginWrapper>, ModelObject {

    private PluginWrapper() {
        throw new UnsupportedOperationException();
    }

    public String getVersion() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(PluginWrapper other) {
        throw new UnsupportedOperationException();
    }

    public String getShortName() {
        throw new UnsupportedOperationException();
    }

    public boolean isActive() {
        throw new UnsupportedOperationException();
    }
}
