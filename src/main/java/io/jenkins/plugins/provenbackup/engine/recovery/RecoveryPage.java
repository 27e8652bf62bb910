package io.jenkins.plugins.provenbackup.engine.recovery;

import io.jenkins.plugins.provenbackup.engine.policy.runbook.RecoveryText;
import io.jenkins.plugins.provenbackup.engine.policy.runbook.Tool;
import io.jenkins.plugins.provenbackup.engine.repository.BytesPayload;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keeps {@code RECOVERY.md} at a destination. Nothing depends on it: whoever calls this warns when it fails, and goes on.
 */
public final class RecoveryPage {

    private RecoveryPage() {}

    /**
     * Writes the general page where there is none. It needs no right to replace or delete.
     *
     * @throws IOException when the destination does not take it
     */
    public static void putFirst(Replica replica, Tool tool) throws IOException {
        Storage storage = replica.storage();
        if (storage.size(Layout.RECOVERY).isEmpty()) {
            StorageLocation place = StorageLocation.parse(replica.location());
            storage.put(
                    Layout.RECOVERY, payload(RecoveryText.general(place, tool).markdown()));
        }
    }

    /**
     * Writes a page where another or none is.
     *
     * @param text without secrets, and without names and paths of sources: whoever has the destination reads it
     * @throws IOException when the destination does not take it
     */
    public static void keep(Replica replica, String text) throws IOException {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        if (!Arrays.equals(wanted, present(replica.storage(), wanted.length))) {
            replica.storage().replace(Layout.RECOVERY, payload(text));
        }
    }

    private static byte[] present(Storage storage, int length) throws IOException {
        try (InputStream in = storage.open(Layout.RECOVERY)) {
            return in.readNBytes(length + 1);
        } catch (StorageException.Missing e) {
            return new byte[0];
        }
    }

    private static BytesPayload payload(String text) {
        return new BytesPayload(text.getBytes(StandardCharsets.UTF_8));
    }
}
