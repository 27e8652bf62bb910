package io.jenkins.plugins.provenbackup.engine.storage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers the bytes of small objects that never change, from one opening of a storage to the next. An object is taken from here
 * only while the storage lists it as it was when it was read: by the same name, of the same size and time. What was read a day ago
 * is read again, so that damage shows. When the memory is full, what is in it stays, and the rest is read each time: who always
 * reads everything would gain nothing from a memory that makes room. Thread-safe.
 */
public final class ObjectMemory {

    /** What an entry costs beside its bytes. */
    private static final int OVERHEAD = 300;

    private final Rule rule;
    private final long most;
    private final Duration trust;
    private final InstantSource clock;
    private final Map<String, Map<String, Entry>> places = new HashMap<>();
    private long used;

    /** Which objects are worth it. */
    public interface Rule {

        /** Whether objects of that name never change, are small, and are read again and again. */
        boolean keeps(String name);

        /** Whether the content of such an object can be what its name says, as far as anybody can tell. */
        boolean fits(String name, byte[] content);
    }

    private record Entry(StoredObject object, byte[] content, Instant read) {

        long cost() {
            return content.length + 2L * object.name().length() + OVERHEAD;
        }
    }

    /**
     * Nothing is remembered yet.
     *
     * @param most bytes that it takes
     * @param trust how long something is taken from here before it is read again
     */
    public ObjectMemory(Rule rule, long most, Duration trust, InstantSource clock) {
        this.rule = rule;
        this.most = most;
        this.trust = trust;
        this.clock = clock;
    }

    /** The storage, read through this memory. Closing it closes that storage. */
    public Storage over(Storage storage) {
        forgetOld();
        return new RememberingStorage(storage, this);
    }

    /** Bytes that it takes now. */
    public synchronized long used() {
        return used;
    }

    boolean keeps(String name) {
        return rule.keeps(name);
    }

    /** What an object held when the storage listed it just like that. */
    synchronized Optional<byte[]> find(String place, StoredObject object) {
        Entry entry = places.getOrDefault(place, Map.of()).get(object.name());
        boolean isCurrent = entry != null
                && entry.object().equals(object)
                && entry.read().plus(trust).isAfter(clock.instant());
        return isCurrent ? Optional.of(entry.content()) : Optional.empty();
    }

    /** Remembers what was just read of an object that was listed like that, if there is room. */
    synchronized void put(String place, StoredObject object, byte[] content) {
        forget(place, object.name());
        Entry entry = new Entry(object, content, clock.instant());
        if (rule.fits(object.name(), content) && used + entry.cost() <= most) {
            places.computeIfAbsent(place, any -> new HashMap<>()).put(object.name(), entry);
            used += entry.cost();
        }
    }

    synchronized void forget(String place, String name) {
        Map<String, Entry> entries = places.get(place);
        Entry gone = entries == null ? null : entries.remove(name);
        if (gone != null) {
            used -= gone.cost();
            if (entries.isEmpty()) {
                places.remove(place);
            }
        }
    }

    /** Forgets what a listing of a folder does not show any more. */
    synchronized void retain(String place, String folder, List<StoredObject> listed) {
        Set<String> there = new HashSet<>();
        listed.forEach(object -> there.add(object.name()));
        for (String name : List.copyOf(places.getOrDefault(place, Map.of()).keySet())) {
            if (isBelow(name, folder) && !there.contains(name)) {
                forget(place, name);
            }
        }
    }

    static boolean isBelow(String name, String folder) {
        return folder.isEmpty() || name.startsWith(folder + "/");
    }

    /** Of places that nobody opens any more, too. */
    private synchronized void forgetOld() {
        Instant oldest = clock.instant().minus(trust);
        for (String place : List.copyOf(places.keySet())) {
            for (Entry entry : List.copyOf(places.get(place).values())) {
                if (!entry.read().isAfter(oldest)) {
                    forget(place, entry.object().name());
                }
            }
        }
    }
}
