package hudson.model;

import hudson.model.queue.SubTask;
import jenkins.console.WithConsoleUrl;
import jenkins.model.FullyNamedModelObject;
import org.kohsuke.stapler.export.ExportedBean;

@ExportedBean
public class Queue extends ResourceController implements Saveable {

    Queue() {
throw new UnsupportedOperationException();
}

    @Override
    public void save() {
        throw new UnsupportedOperationException();
    }

    public interface Executable extends Runnable, WithConsoleUrl {}

    public interface Task extends FullyNamedModelObject, SubTask {}
}
