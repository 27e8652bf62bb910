package io.jenkins.plugins.provenbackup.engine.source;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers the hard links of one walk. The number of a group comes from device and inode alone, so it needs no memory of
 * the files seen, and a link that appears or goes changes no other entry's number from one snapshot to the next.
 */
final class LinkGroups {

    private static final int INODE_BITS = 48;

    private static final int MAX_DEVICES = 1 << 14;

    /** Devices in the order in which the walk met them; a handful. */
    private final List<Long> devices = new ArrayList<>();

    /** A number above 0 for a file with several links, 0 for any other entry. */
    long groupOf(FileStat stat) {
        if (stat.type() != FileStat.Type.FILE || stat.links() < 2) {
            return 0;
        }
        int device = devices.indexOf(stat.device());
        if (device < 0) {
            device = devices.size();
            devices.add(stat.device());
        }
        if (stat.inode() >>> INODE_BITS == 0 && device < MAX_DEVICES) {
            return (long) device << INODE_BITS | stat.inode();
        }
        return Long.MAX_VALUE & mix(stat.inode() + 0x9e3779b97f4a7c15L * device) | 1L << 62;
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014): one to one, so only the bit cut off above can collide. */
    private static long mix(long z) {
        long a = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ a >>> 27) * 0x94d049bb133111ebL;
        return b ^ b >>> 31;
    }
}
