package hudson.model;

import jenkins.model.IExecutor;
import org.kohsuke.stapler.export.ExportedBean;

@ExportedBean
public class Executor extends Thread implements ModelObject, IExecutor {

    Executor() {
        throw new UnsupportedOperationException();
    }

    public Queue.Executable getCurrentExecutable() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }
}
