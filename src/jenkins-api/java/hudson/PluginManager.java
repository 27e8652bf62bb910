package hudson;

import hudson.model.AbstractModelObject;
import java.io.File;
import java.util.List;
import jenkins.util.io.OnMaster;
import org.kohsuke.stapler.StaplerOverridable;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.ExportedBean;

@ExportedBean
public abstract class PluginManager extends AbstractModelObject implements OnMaster, StaplerOverridable, StaplerProxy {

    public final File rootDir = null;

    PluginManager() {
        throw new UnsupportedOperationException();
    }

    @SuppressWarnings("rawtypes")
    public PluginWrapper whichPlugin(Class type) {
        throw new UnsupportedOperationException();
    }

    public List<PluginWrapper> getPlugins() {
        throw new UnsupportedOperationException();
    }

    public List<FailedPlugin> getFailedPlugins() {
        throw new UnsupportedOperationException();
    }

    public PluginWrapper getPlugin(String shortName) {
        throw new UnsupportedOperationException();
    }

    public static final class FailedPlugin {

        public final String name = null;
        public final Exception cause = null;

        private FailedPlugin() {}
    }
}
