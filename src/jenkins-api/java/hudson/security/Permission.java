package hudson.security;

import org.jvnet.localizer.Localizable;

public final class Permission {

    public final PermissionGroup group;
    public final String name;

    public Permission(
            PermissionGroup group, String name, Localizable description, Permission impliedBy, PermissionScope scope) {
        throw new UnsupportedOperationException();
    }

    public boolean getEnabled() {
        throw new UnsupportedOperationException();
    }
}
