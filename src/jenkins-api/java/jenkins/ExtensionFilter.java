package jenkins;

import hudson.ExtensionComponent;
import hudson.ExtensionPoint;

public abstract class ExtensionFilter implements ExtensionPoint {

    public abstract <T> boolean allows(Class<T> type, ExtensionComponent<T> component);
}
