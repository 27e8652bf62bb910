package io.jenkins.plugins.provenbackup.engine.attributes;

import java.time.Instant;

/**
 * What the system says of a file without following it when it is a link.
 *
 * @param mode kind and permission bits, as {@code st_mode}
 * @param size in bytes, as {@code st_size}
 */
public record FileFacts(
        int mode, long size, long uid, long gid, Instant mtime, Instant ctime, long device, long inode, int links) {}
