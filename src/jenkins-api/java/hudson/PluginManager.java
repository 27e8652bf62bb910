package hudson;

import hudson.model.AbstractModelObject;
import jenkins.util.io.OnMaster;
import org.kohsuke.stapler.StaplerOverridable;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.ExportedBean;

@ExportedBean
public abstract class PluginManager extends AbstractModelObject implements OnMaster, StaplerOverridable, StaplerProxy {

    PluginManager() {
throw new UnsupportedOperationException();
}

    @SuppressWarnings("rawtypes")
    public PluginWrapper whichPlugin(Class type) {
throw new UnsupportedOperationException();
}
}
