package org.jenkinsci.plugins.workflow.steps;

import java.io.Serializable;
import java.util.Map;

@SuppressWarnings("serial")
public abstract class EnvironmentExpander implements Serializable {

    public static EnvironmentExpander merge(EnvironmentExpander original, EnvironmentExpander subsequent) {
        throw new UnsupportedOperationException();
    }

    public static EnvironmentExpander constant(Map<String, String> environment) {
        throw new UnsupportedOperationException();
    }
}
