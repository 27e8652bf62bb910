package io.jenkins.plugins.provenbackup.engine;

import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.BadSignatureException;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.Fingerprint;
import io.jenkins.plugins.provenbackup.engine.crypto.PersonalKey;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.RepositoryId;
import io.jenkins.plugins.provenbackup.engine.crypto.Slot;
import io.jenkins.plugins.provenbackup.engine.crypto.WrongPassphraseException;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The destinations of one repository: those that were reached, at least one, and why the others were not. They are only
 * trusted after {@link #verify}. Closing closes all.
 */
public final class Destinations implements AutoCloseable {

    private final List<Replica> reached;
    private final Map<String, String> unreachable;

    /**
     * What a passphrase or a personal key opened.
     *
     * @param slot where the key was
     * @param key to be closed
     */
    public record Unlocked(Slot slot, RecoveryKey key) {

        /** Whether the slot proves whose repository it is, since its maker knew the secret that opens it. */
        public boolean isProven() {
            return slot.isBound();
        }
    }

    public Destinations(List<Replica> reached, Map<String, String> unreachable) {
        this.reached = List.copyOf(reached);
        this.unreachable = Collections.unmodifiableMap(new LinkedHashMap<>(unreachable));
    }

    /** Open replicas of the same repository, in the order in which they were asked for. */
    public List<Replica> reached() {
        return reached;
    }

    /** Locations that could not be used, with the reason. */
    public Map<String, String> unreachable() {
        return unreachable;
    }

    /** Which repository. */
    public RepositoryId id() {
        return reached.get(0).id();
    }

    /**
     * Opens the recovery key with a passphrase, trying the slots of all destinations.
     *
     * @throws WrongPassphraseException when it fits none of the intact slots, and none is damaged
     * @throws CryptoException when there is no usable slot at all, or a damaged one may be the one that it opens
     */
    public RecoveryKey unlock(char[] passphrase) throws IOException {
        return unlockSlot(passphrase).key();
    }

    /** The slot that a passphrase opens, and the key in it, which the caller closes. */
    public Unlocked unlockSlot(char[] passphrase) throws IOException {
        return Unlocking.of(reached).with(passphrase);
    }

    /**
     * The slot that was made for a personal key, and the recovery key in it, which the caller closes. Where {@link
     * Unlocked#isProven} is not so, anybody may have made it, together with a false repository around it: compare the {@link
     * Fingerprint} of the key with what its owner told before you trust what lies there or write to it.
     *
     * @throws WrongPassphraseException when there is none for this key
     * @throws CryptoException when there is no usable slot at all, or a damaged one may be the one
     */
    public Unlocked unlockSlot(PersonalKey own) throws IOException {
        return Unlocking.of(reached).with(own);
    }

    /**
     * Makes sure that the owner of the key described every destination.
     *
     * @throws IOException naming the destination that somebody else made or changed; nothing must be done then at any
     */
    public void verify(AccessKey key) throws IOException {
        for (Replica replica : reached) {
            try {
                replica.verify(key);
            } catch (BadSignatureException e) {
                throw new RefusedException(replica.name(Layout.REPOSITORY) + ": " + e.getMessage());
            }
        }
    }

    /**
     * Those that the owner of the key described; the others count as not reached, and are closed.
     *
     * @throws IOException when none is left, or one cannot be judged
     */
    public Destinations trusted(AccessKey key) throws IOException {
        List<Replica> trusted = new ArrayList<>();
        Map<String, String> others = new LinkedHashMap<>(unreachable);
        BadSignatureException first = null;
        for (Replica replica : reached) {
            try {
                replica.verify(key);
                trusted.add(replica);
            } catch (BadSignatureException e) {
                first = first == null ? e : first;
                others.put(replica.location(), replica.name(Layout.REPOSITORY) + ": " + e.getMessage());
            }
        }
        if (trusted.isEmpty()) {
            throw new RefusedException(reached.get(0).name(Layout.REPOSITORY) + ": " + first.getMessage());
        }
        reached.stream().filter(replica -> !trusted.contains(replica)).forEach(Replica::close);
        return new Destinations(trusted, others);
    }

    /** The same, read through a memory of what was read before. Closing either closes all. */
    public Destinations through(ObjectMemory memory) {
        return new Destinations(
                reached.stream().map(replica -> replica.through(memory)).toList(), unreachable);
    }

    @Override
    public void close() {
        reached.forEach(Replica::close);
    }
}
