package org.jenkinsci.plugins.structs.describable;

import java.io.Serializable;
import java.util.Map;

@SuppressWarnings("serial")
public class UninstantiatedDescribable implements Serializable {

    UninstantiatedDescribable() {
        throw new UnsupportedOperationException();
    }

    public Map<String, ?> getArguments() {
        throw new UnsupportedOperationException();
    }

    public UninstantiatedDescribable withArguments(Map<String, ?> arguments) {
        throw new UnsupportedOperationException();
    }
}
