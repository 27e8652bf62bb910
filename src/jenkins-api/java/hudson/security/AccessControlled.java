package hudson.security;

import org.springframework.security.access.AccessDeniedException;

public interface AccessControlled {

    ACL getACL();

    default boolean hasPermission(Permission permission) {
        throw new UnsupportedOperationException();
    }

    default void checkPermission(Permission permission) throws AccessDeniedException {
        throw new UnsupportedOperationException();
    }
}
