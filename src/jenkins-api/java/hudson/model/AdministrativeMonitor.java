package hudson.model;

import hudson.ExtensionPoint;
import org.kohsuke.stapler.StaplerProxy;

public abstract class AdministrativeMonitor extends AbstractModelObject implements ExtensionPoint, StaplerProxy {

    protected AdministrativeMonitor() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    public abstract boolean isActivated();

    @Override
    public Object getTarget() {
        throw new UnsupportedOperationException();
    }
}
