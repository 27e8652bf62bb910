package io.jenkins.plugins.provenbackup.engine.source;

import java.nio.file.FileSystems;

/** Whether this system has the attributes of Unix. */
final class UnixViews {

    static final boolean PRESENT =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

    private UnixViews() {}
}
