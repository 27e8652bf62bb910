package io.jenkins.plugins.provenbackup.engine.keys;

import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.crypto.Fingerprint;
import io.jenkins.plugins.provenbackup.engine.crypto.PaperForm;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;

/** The text around the lines of a key on paper: what it opens, and how it is used. The caller wipes what it gets. */
public final class PaperSheet {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final RecoveryKey key;
    private final Destinations destinations;
    private final Instant made;

    /**
     * For a repository.
     *
     * @param made when the key was made
     */
    public PaperSheet(RecoveryKey key, Destinations destinations, Instant made) {
        this.key = key;
        this.destinations = destinations;
        this.made = made;
    }

    /**
     * Around a personal key.
     *
     * @param lines as {@code PaperForm} gives them
     * @param slot id of the slot that it opens
     */
    public byte[] brief(byte[] lines, String slot) {
        return sheet(lines, "key slot     " + slot + "\n");
    }

    /** Around a recovery key. */
    public byte[] whole(byte[] lines) {
        return sheet(lines, "epochs       up to " + key.newestEpoch() + "\n");
    }

    private byte[] sheet(byte[] lines, String more) {
        StringBuilder head = new StringBuilder(PaperForm.title()).append("\n\n");
        head.append("repository   ").append(key.repositoryId()).append('\n');
        for (Replica replica : destinations.reached()) {
            head.append("destination  ").append(replica.location()).append('\n');
        }
        head.append("fingerprint  ").append(Fingerprint.of(key)).append('\n').append(more);
        head.append("printed      ")
                .append(TIME.format(made.atZone(ZoneId.systemDefault())))
                .append("\n\n");
        String tail =
                "\nWho has this sheet can read everything in the repository.\nTo use it: proven-backup snapshots -r DESTINATION --paper"
                        + "\nand type each line when it is asked for, without its number. Upper or lower case, spaces\n"
                        + "and dashes do not matter; each line has its own checksum.\n";
        byte[] before = head.toString().getBytes(StandardCharsets.UTF_8);
        byte[] after = tail.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(before, before.length + lines.length + after.length);
        System.arraycopy(lines, 0, all, before.length, lines.length);
        System.arraycopy(after, 0, all, before.length + lines.length, after.length);
        return all;
    }
}
