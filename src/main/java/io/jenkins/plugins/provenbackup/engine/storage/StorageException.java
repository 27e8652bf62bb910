package io.jenkins.plugins.provenbackup.engine.storage;

import java.io.IOException;

/** A storage operation that failed. The message names the location, the object and what the user can do. */
public class StorageException extends IOException {

    private static final long serialVersionUID = 1L;

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }

    public StorageException(String message) {
        super(message);
    }

    /** Whether the same call may succeed a little later (network cut, time-out, server busy). */
    public boolean mayPass() {
        return false;
    }

    /** The object, or the storage's base folder, does not exist. */
    public static final class Missing extends StorageException {
        private static final long serialVersionUID = 1L;

        public Missing(String message) {
            super(message);
        }
    }

    /** An object of that name with other content exists. */
    public static final class Conflict extends StorageException {
        private static final long serialVersionUID = 1L;

        public Conflict(String message) {
            super(message);
        }
    }

    /** The content that was to be stored could not be read where it comes from. */
    public static final class Unreadable extends StorageException {
        private static final long serialVersionUID = 1L;

        public Unreadable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A name that this storage cannot hold as it is. */
    public static final class BadName extends StorageException {
        private static final long serialVersionUID = 1L;

        public BadName(String message) {
            super(message);
        }
    }

    /** The account may not do this, or could not log in; also a read-only file system. */
    public static final class AccessDenied extends StorageException {
        private static final long serialVersionUID = 1L;

        public AccessDenied(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** No space or quota left. */
    public static final class Full extends StorageException {
        private static final long serialVersionUID = 1L;

        public Full(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A fault that can pass: connection lost, time-out, server busy. */
    public static final class Transient extends StorageException {
        private static final long serialVersionUID = 1L;

        public Transient(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean mayPass() {
            return true;
        }
    }
}
