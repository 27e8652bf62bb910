package io.jenkins.plugins.provenbackup.engine.catalog;

import java.time.Instant;
import java.util.List;

/**
 * What a file system knows of an entry beside its content.
 *
 * @param mode the twelve permission bits of POSIX, setuid, setgid and sticky among them (0 to 07777)
 * @param uid numeric owner, 0 to 2^32-1
 * @param gid numeric group, 0 to 2^32-1
 * @param user name of the owner; empty where it has none
 * @param group name of the group; empty where it has none
 * @param mtime last change of the content, to the nanosecond, also before 1970
 * @param ctime last change of content or metadata; only compared, never restored
 * @param inode number of the inode without its highest bit; only compared, never restored
 * @param linkGroup 0, or a number that all hard links of one file in one snapshot share
 * @param xattrs extended attributes sorted by name
 */
public record Metadata(
        int mode,
        long uid,
        long gid,
        String user,
        String group,
        Instant mtime,
        Instant ctime,
        long inode,
        long linkGroup,
        List<Xattr> xattrs) {

    /** Takes the highest bit off inode and link group, since some file systems number inodes by 64-bit hashes. */
    public Metadata {
        inode &= Long.MAX_VALUE;
        linkGroup &= Long.MAX_VALUE;
        xattrs = List.copyOf(xattrs);
    }

    /** An extended attribute; the name begins with its name space, {@code user.comment} for one. */
    public record Xattr(ByteString name, ByteString value) {}
}
