package org.jenkinsci.plugins.workflow.steps;

@SuppressWarnings("serial")
public final class FlowInterruptedException extends InterruptedException {

    FlowInterruptedException() {
        throw new UnsupportedOperationException();
    }
}
