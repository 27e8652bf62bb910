package hudson.model;

import hudson.ExtensionPoint;
import hudson.model.queue.SubTask;
import java.util.List;
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

    public interface Executable extends Runnable, WithConsoleUrl {

        default Executable getParentExecutable() {
            throw new UnsupportedOperationException();
        }
    }

    public interface Task extends FullyNamedModelObject, SubTask {}

    public abstract static class QueueDecisionHandler implements ExtensionPoint {

        public abstract boolean shouldSchedule(Task task, List<Action> actions);
    }
}
