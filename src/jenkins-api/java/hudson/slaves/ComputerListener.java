package hudson.slaves;

import hudson.ExtensionPoint;
import hudson.model.Computer;
import hudson.model.TaskListener;
import java.io.IOException;

public abstract class ComputerListener implements ExtensionPoint {

    public void onOnline(Computer computer, TaskListener listener) throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }
}
