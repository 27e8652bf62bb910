package org.jenkinsci.plugins.workflow.steps;

@SuppressWarnings("serial")
public class MissingContextVariableException extends Exception {

    public MissingContextVariableException(Class<?> type, StepDescriptor descriptor) {
        throw new UnsupportedOperationException();
    }

    @Deprecated
    public MissingContextVariableException(Class<?> type) {
        throw new UnsupportedOperationException();
    }
}
