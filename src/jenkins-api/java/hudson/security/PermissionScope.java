package hudson.security;

public final class PermissionScope {

    private PermissionScope() {}

    public static final PermissionScope JENKINS = null;
    public static final PermissionScope ITEM = null;
}
