package hudson.model;

import hudson.remoting.VirtualChannel;
import hudson.security.AccessControlled;
import java.util.List;
import jenkins.model.IComputer;
import jenkins.widgets.HasWidgets;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.ExportedBean;

@ExportedBean
public abstract class Computer extends Actionable
        implements AccessControlled, IComputer, ExecutorListener, DescriptorByNameOwner, StaplerProxy, HasWidgets {

    Computer() {
        throw new UnsupportedOperationException();
    }

    public String getName() {
        throw new UnsupportedOperationException();
    }

    public abstract VirtualChannel getChannel();

    public List<Executor> getAllExecutors() {
        throw new UnsupportedOperationException();
    }
}
