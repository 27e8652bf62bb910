package io.jenkins.plugins.provenbackup.engine.mirror;

import com.fasterxml.jackson.jr.ob.JSON;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Keeps a second mirror run off the same target, as well as files can: each run puts a marker of its own, renews it every
 * minute, and gives way when there is another one that is not old. Two that begin together may both give way, never both
 * go on. Ages are differences of the target's own times, so no clocks are compared. A run that was killed leaves a marker,
 * which counts for nothing when its process is seen to be gone, or after five minutes.
 */
final class MirrorLock implements AutoCloseable {

    static final Pattern NAME = Pattern.compile("proven-backup-mirror-[0-9a-f]{16}\\.lock");

    private static final Duration OLD = Duration.ofMinutes(5);
    private static final int RENEWED_EVERY_SECONDS = 60;
    private static final int LONGEST = 4096;

    private final MirrorTarget target;
    private final String name;
    private final byte[] content;
    private final Duration targetAhead;
    private final ScheduledExecutorService renewal = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "proven-backup mirror lock");
        thread.setDaemon(true);
        return thread;
    });

    private MirrorLock(MirrorTarget target, String name, byte[] content, Duration targetAhead) {
        this.target = target;
        this.name = name;
        this.content = content;
        this.targetAhead = targetAhead;
        renewal.scheduleWithFixedDelay(this::renew, RENEWED_EVERY_SECONDS, RENEWED_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Takes the lock.
     *
     * @throws RefusedException when another run has it
     */
    static MirrorLock take(MirrorTarget target) throws IOException {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        String name = "proven-backup-mirror-" + HexFormat.of().formatHex(random) + ".lock";
        byte[] content = describeSelf();
        Instant before = Instant.now();
        Present own = target.mark(name, content);
        MirrorLock lock = new MirrorLock(target, name, content, Duration.between(before, own.mtime()));
        boolean alone = false;
        try {
            for (Map.Entry<ByteString, Present> entry :
                    target.list(EntryPath.ROOT).entrySet()) {
                String other = new String(entry.getKey().toByteArray(), StandardCharsets.ISO_8859_1);
                if (NAME.matcher(other).matches() && !other.equals(name)) {
                    lock.giveWayTo(other, Duration.between(entry.getValue().mtime(), own.mtime()));
                }
            }
            alone = true;
            return lock;
        } finally {
            if (!alone) {
                lock.close();
            }
        }
    }

    /** The marker, which is there as long as the lock is held. */
    String name() {
        return name;
    }

    /** How much the target's clock is ahead of this machine's. */
    Duration targetAhead() {
        return targetAhead;
    }

    @Override
    public void close() throws IOException {
        renewal.shutdownNow();
        // A cancelled run takes its marker away, too.
        boolean interrupted = Thread.interrupted();
        try {
            // A marker that is renewed after it was deleted would stay.
            renewal.awaitTermination(RENEWED_EVERY_SECONDS, TimeUnit.SECONDS);
            target.delete(EntryPath.of(name.getBytes(StandardCharsets.US_ASCII)), Present.Kind.FILE);
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void giveWayTo(String other, Duration age) throws IOException {
        EntryPath path = EntryPath.of(other.getBytes(StandardCharsets.US_ASCII));
        Optional<Map<String, Object>> holder = read(path);
        if (age.compareTo(OLD) > 0 || holder.filter(MirrorLock::isGone).isPresent()) {
            target.delete(path, Present.Kind.FILE);
            return;
        }
        String who = holder.map(known -> "process " + known.get("process") + " on " + known.get("host") + " since "
                        + known.get("started"))
                .orElse("another process");
        throw new RefusedException("Another mirror run is writing to " + target.location() + ": " + who
                + ". Wait for it; if it was killed, its marker " + other + " counts for nothing after "
                + OLD.toMinutes() + " minutes.");
    }

    private Optional<Map<String, Object>> read(EntryPath path) throws IOException {
        try (InputStream in = target.open(path)) {
            return Optional.of(JSON.std.mapFrom(new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8)));
        } catch (IOException unreadable) {
            // Half a marker, or one that has just gone: its age decides.
            return Optional.empty();
        }
    }

    /** Whether a process of this machine has ended; of others nobody knows. */
    private static boolean isGone(Map<String, Object> holder) {
        if (!namespace().equals(holder.get("namespace")) || !(holder.get("process") instanceof Number process)) {
            return false;
        }
        Optional<ProcessHandle> running = ProcessHandle.of(process.longValue());
        return running.isEmpty() || !String.valueOf(holder.get("began")).equals(began(running.get()));
    }

    private void renew() {
        try {
            target.mark(name, content);
        } catch (IOException lost) {
            // The run itself meets the same trouble and tells of it.
            return;
        }
    }

    private static byte[] describeSelf() throws IOException {
        Map<String, Object> self = new LinkedHashMap<>();
        self.put("host", hostName());
        self.put("namespace", namespace());
        self.put("process", ProcessHandle.current().pid());
        self.put("began", began(ProcessHandle.current()));
        self.put("started", Instant.now().toString());
        return JSON.std.asString(self).getBytes(StandardCharsets.UTF_8);
    }

    private static String began(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("");
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    /** Where process numbers mean the same; hosts and containers may well share a name. */
    private static String namespace() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip() + " "
                    + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException | UnsupportedOperationException noLinux) {
            return hostName();
        }
    }
}
