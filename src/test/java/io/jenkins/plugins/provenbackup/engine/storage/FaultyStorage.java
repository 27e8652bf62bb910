package io.jenkins.plugins.provenbackup.engine.storage;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A storage that misbehaves as told. {@code faulty.on(Verb.PUT).named("archives/").call(3).cutShort(1000)} lets the third
 * put of an archive from now on leave a half written temporary object and fail. Rules are asked in the order in which they
 * were made; the first that matches decides. Safe for several threads.
 */
public final class FaultyStorage implements Storage {

    /** The verbs of a storage. */
    public enum Verb {
        PUT,
        OPEN,
        READ,
        SIZE,
        LIST,
        DELETE
    }

    private final Storage inner;
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final Map<Verb, AtomicInteger> calls = new EnumMap<>(Verb.class);

    private FaultyStorage(Storage inner) {
        this.inner = inner;
        for (Verb verb : Verb.values()) {
            calls.put(verb, new AtomicInteger());
        }
    }

    public static FaultyStorage over(Storage inner) {
        return new FaultyStorage(inner);
    }

    /** Begins a rule for these verbs, or for all when none is given; it matches every call until it is narrowed. */
    public Rule on(Verb... verbs) {
        return new Rule(Set.of(verbs.length == 0 ? Verb.values() : verbs));
    }

    /** No deletes: append-only storage. */
    public FaultyStorage denyDeletes() {
        return on(Verb.DELETE).fail(message -> new StorageException.AccessDenied(message, null));
    }

    /** The n-th call of any verb and all later ones fail: the machine is gone. */
    public FaultyStorage dieAt(int n) {
        return on().from(n).failForGood();
    }

    /** Behaves well again. */
    public FaultyStorage heal() {
        rules.clear();
        return this;
    }

    /** How often a verb was called, failures included. */
    public int calls(Verb verb) {
        return calls.get(verb).get();
    }

    /** When a rule applies, and what it does. */
    public final class Rule {

        private final Set<Verb> verbs;
        private final AtomicInteger seen = new AtomicInteger();
        private Predicate<String> names = name -> true;
        private int first = 1;
        private int last = Integer.MAX_VALUE;
        private Fault fault;

        private Rule(Set<Verb> verbs) {
            this.verbs = verbs;
        }

        /** Only objects (for list: folders) whose name begins so. */
        public Rule named(String prefix) {
            return named(name -> name.startsWith(prefix));
        }

        public Rule named(Predicate<String> accepted) {
            names = accepted;
            return this;
        }

        /** Only the n-th matching call, counted from 1. */
        public Rule call(int n) {
            return calls(n, n);
        }

        /** The n-th matching call and all after it. */
        public Rule from(int n) {
            return calls(n, Integer.MAX_VALUE);
        }

        /** The matching calls from the n-th to the m-th. */
        public Rule calls(int n, int m) {
            first = n;
            last = m;
            return this;
        }

        /** Fails without doing anything, for a reason that may pass. */
        public FaultyStorage fail() {
            return fail(message -> new StorageException.Transient(message, null));
        }

        /** Fails without doing anything, for a reason that stays. */
        public FaultyStorage failForGood() {
            return fail(StorageException::new);
        }

        /** Fails without doing anything; the function makes the exception of a message. */
        public FaultyStorage fail(Function<String, StorageException> exception) {
            return with(new Fault() {
                @Override
                public <T> T instead(Call<T> call) throws StorageException {
                    throw exception.apply(call.message());
                }
            });
        }

        /** Does it, and fails all the same: the answer got lost. */
        public FaultyStorage loseAnswer() {
            return with(new Fault() {
                @Override
                public <T> T instead(Call<T> call) throws StorageException {
                    call.proceed();
                    throw new StorageException.Transient(call.message(), null);
                }
            });
        }

        /** A put leaves the first bytes in a temporary object and fails. */
        public FaultyStorage cutShort(int bytes) {
            return half(bytes, name -> {
                String folder = ObjectName.folderOf(name);
                return (folder.isEmpty() ? "" : folder + "/") + ObjectName.newTemporary();
            });
        }

        /** A put leaves the first bytes under the object's own name and fails: a storage that breaks its word. */
        public FaultyStorage leaveHalfObject(int bytes) {
            return half(bytes, UnaryOperator.identity());
        }

        /** A put does nothing and says that all is well. */
        public FaultyStorage acceptAndDrop() {
            return with(new Fault() {
                @Override
                public <T> T instead(Call<T> call) {
                    return call.cast(PutOutcome.STORED);
                }
            });
        }

        /** A put stores the first bytes under the object's own name and says that all is well. */
        public FaultyStorage acceptAndCut(int bytes) {
            FaultyStorage half = leaveHalfObject(bytes);
            Fault failing = fault;
            fault = new Fault() {
                @Override
                public <T> T instead(Call<T> call) throws StorageException {
                    try {
                        return failing.instead(call);
                    } catch (StorageException.Transient expected) {
                        return call.cast(PutOutcome.STORED);
                    }
                }
            };
            return half;
        }

        /** Reads give one wrong bit at this byte of the answer (the last byte of a shorter one). */
        public FaultyStorage flipBit(int position) {
            return with(new Fault() {
                @Override
                public <T> T instead(Call<T> call) throws StorageException {
                    T result = call.proceed();
                    return call.cast(
                            result instanceof byte[] bytes
                                    ? flipped(bytes, position)
                                    : result instanceof InputStream stream
                                            ? new FlippedStream(stream, position)
                                            : result);
                }
            });
        }

        /** Waits, then goes on; an interrupt ends the wait with an error. */
        public FaultyStorage stall(Duration duration) {
            return pause(() -> Thread.sleep(duration.toMillis()));
        }

        /** Waits until the latch opens, then goes on. */
        public FaultyStorage stall(CountDownLatch until) {
            return pause(until::await);
        }

        /** A listing leaves out what the predicate accepts. */
        public FaultyStorage hide(Predicate<StoredObject> hidden) {
            return lie(list -> list.stream().filter(hidden.negate()).toList());
        }

        /** A listing shows objects that are not there. */
        public FaultyStorage invent(StoredObject... invented) {
            return lie(list ->
                    Stream.concat(list.stream(), Arrays.stream(invented)).toList());
        }

        /** A listing says what the function makes of the truth. */
        @SuppressWarnings("unchecked")
        public FaultyStorage lie(UnaryOperator<List<StoredObject>> lie) {
            return with(new Fault() {
                @Override
                public <T> T instead(Call<T> call) throws StorageException {
                    return call.cast(lie.apply((List<StoredObject>) call.proceed()));
                }
            });
        }

        /** Runs something before the call, such as another writer's put. */
        public FaultyStorage first(Runnable action) {
            return pause(action::run);
        }

        private FaultyStorage half(int bytes, UnaryOperator<String> name) {
            return with(new Fault() {
                @Override
                public <T> T instead(Call<T> call) throws StorageException {
                    try (InputStream content = call.payload.open()) {
                        inner.put(name.apply(call.name), BytesPayload.of(content.readNBytes(bytes)));
                    } catch (StorageException e) {
                        throw e;
                    } catch (IOException e) {
                        throw new StorageException("cannot read the payload", e);
                    }
                    throw new StorageException.Transient(call.message(), null);
                }
            });
        }

        private FaultyStorage pause(Pause pause) {
            return with(new Fault() {
                @Override
                public <T> T instead(Call<T> call) throws StorageException {
                    try {
                        pause.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new StorageException("interrupted: " + call.message(), e);
                    }
                    return call.proceed();
                }
            });
        }

        private FaultyStorage with(Fault newFault) {
            fault = newFault;
            rules.add(this);
            return FaultyStorage.this;
        }

        private boolean matches(Verb verb, String name) {
            if (!verbs.contains(verb) || !names.test(name)) {
                return false;
            }
            int n = seen.incrementAndGet();
            return n >= first && n <= last;
        }
    }

    @Override
    public String location() {
        return inner.location();
    }

    @Override
    public PutOutcome put(String name, Payload payload) throws StorageException {
        return run(Verb.PUT, name, payload, () -> inner.put(name, payload));
    }

    @Override
    public InputStream open(String name) throws StorageException {
        return run(Verb.OPEN, name, NOTHING, () -> inner.open(name));
    }

    @Override
    public byte[] read(String name, long offset, int length) throws StorageException {
        return run(Verb.READ, name, NOTHING, () -> inner.read(name, offset, length));
    }

    @Override
    public OptionalLong size(String name) throws StorageException {
        return run(Verb.SIZE, name, NOTHING, () -> inner.size(name));
    }

    @Override
    public List<StoredObject> list(String folder) throws StorageException {
        return run(Verb.LIST, folder, NOTHING, () -> inner.list(folder));
    }

    @Override
    public void delete(String name) throws StorageException {
        run(Verb.DELETE, name, NOTHING, () -> {
            inner.delete(name);
            return name;
        });
    }

    @Override
    public Optional<Retention> retention() {
        return inner.retention();
    }

    @Override
    public Optional<Versions> versions() {
        return inner.versions();
    }

    @Override
    public List<StoredObject> leftovers() throws StorageException {
        return run(Verb.LIST, ".tmp", NOTHING, inner::leftovers);
    }

    @Override
    public void close() {
        inner.close();
    }

    private static final Payload NOTHING = BytesPayload.of(new byte[0]);

    private interface Pause {
        void run() throws InterruptedException;
    }

    private interface Truth<T> {
        T tell() throws StorageException;
    }

    private interface Fault {
        <T> T instead(Call<T> call) throws StorageException;
    }

    private record Call<T>(Verb verb, String name, Payload payload, Truth<T> truth) {
        T proceed() throws StorageException {
            return truth.tell();
        }

        @SuppressWarnings("unchecked")
        T cast(Object result) {
            return (T) result;
        }

        String message() {
            return "injected fault: " + verb + " " + name;
        }
    }

    private <T> T run(Verb verb, String name, Payload payload, Truth<T> truth) throws StorageException {
        calls.get(verb).incrementAndGet();
        Call<T> call = new Call<>(verb, name, payload, truth);
        for (Rule rule : rules) {
            if (rule.matches(verb, name)) {
                return rule.fault.instead(call);
            }
        }
        return call.proceed();
    }

    private static byte[] flipped(byte[] bytes, int position) {
        if (bytes.length == 0) {
            return bytes;
        }
        byte[] copy = bytes.clone();
        copy[Math.min(position, copy.length - 1)] ^= 1;
        return copy;
    }

    /** Small objects only: reads everything first. */
    private static final class FlippedStream extends FilterInputStream {
        private final int position;
        private boolean read;

        FlippedStream(InputStream in, int position) {
            super(in);
            this.position = position;
        }

        @Override
        public int read() throws IOException {
            prepare();
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            prepare();
            return super.read(bytes, offset, length);
        }

        private void prepare() throws IOException {
            if (!read) {
                read = true;
                byte[] all = in.readAllBytes();
                in.close();
                in = new ByteArrayInputStream(flipped(all, position));
            }
        }
    }
}
