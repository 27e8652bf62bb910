package io.jenkins.plugins.provenbackup.engine.storage;

import java.util.concurrent.ThreadLocalRandom;

/** What a name may look like, and which names are leftovers of an interrupted put. */
public final class ObjectName {

    /** What the last part of a temporary name begins with. */
    public static final String TEMPORARY_PREFIX = ".tmp-";

    private static final int LONGEST = 1024;

    private ObjectName() {}

    /** Returns the name of an object, or fails. */
    public static String checked(String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException("Not an object name: \"" + name + "\"");
        }
        return name;
    }

    /** Returns the name of a folder, which may be empty for the root, or fails. */
    public static String checkedFolder(String folder) {
        return folder.isEmpty() ? folder : checked(folder);
    }

    /** Whether a name may be one of an object. */
    public static boolean isValid(String name) {
        if (name.isEmpty() || name.length() > LONGEST) {
            return false;
        }
        for (String part : name.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..") || !hasOnlyPlainCharacters(part)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the last part of a name is one of an interrupted put. */
    public static boolean isTemporary(String lastPart) {
        return lastPart.startsWith(TEMPORARY_PREFIX);
    }

    /** A fresh random name, without folder. */
    public static String newTemporary() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return TEMPORARY_PREFIX + Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
    }

    /** The folder of an object, empty for one at the root. */
    public static String folderOf(String name) {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? "" : name.substring(0, slash);
    }

    private static boolean hasOnlyPlainCharacters(String part) {
        return part.chars()
                .allMatch(c -> (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || c == '.'
                        || c == '-'
                        || c == '_');
    }
}
