package org.jenkinsci.plugins.workflow.steps;

@SuppressWarnings("serial")
public class MissingContextVariableException extends Exception {

    @Deprecated
    public MissingContextVariableException(Class<?> type) {
throw new UnsupportedOperationException();
}
}
