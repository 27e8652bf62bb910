package io.jenkins.plugins.provenbackup.engine.attributes;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads and writes the extended attributes of files; links are not followed. Names are whole, with their name space in front
 * ({@code user.comment}, {@code system.posix_acl_access}). Thread-safe.
 */
public interface ExtendedAttributes {

    /** How names begin that belong to users. */
    String USER = "user.";

    /** The best way that this system offers; where JNA cannot be loaded, Java's own. */
    static ExtendedAttributes ofThisSystem() {
        return SystemAttributes.CHOSEN;
    }

    /**
     * The names of all attributes of a file, in no particular order.
     *
     * @throws AttributesNotSupportedException when the file system has none
     */
    List<ByteString> names(Path path) throws IOException;

    /** The value of an attribute. */
    ByteString value(Path path, ByteString name) throws IOException;

    /**
     * Sets an attribute, whether it was there or not.
     *
     * @throws AttributesNotSupportedException when the file system has none of that name space
     */
    void set(Path path, ByteString name, ByteString value) throws IOException;

    /** Removes an attribute that is there. */
    void remove(Path path, ByteString name) throws IOException;

    /** Which attributes this way can see. */
    Scope scope();

    /** Which attributes can be seen. */
    enum Scope {
        /** All that the system shows to this user. */
        EVERY_NAME_SPACE,
        /** Those of users, and no others although the system has them. */
        USERS_ONLY
    }
}
