package jenkins.security;

import jenkins.agents.ControllerToAgentCallable;

@SuppressWarnings("serial")
public abstract class MasterToSlaveCallable<V, T extends Throwable> implements ControllerToAgentCallable<V, T> {}
