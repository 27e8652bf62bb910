package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import com.fasterxml.jackson.jr.ob.JSON;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.PeriodicWork;
import io.jenkins.plugins.provenbackup.engine.alerts.Backoff;
import io.jenkins.plugins.provenbackup.engine.alerts.Notice;
import io.jenkins.plugins.provenbackup.engine.alerts.Webhook;
import io.jenkins.plugins.provenbackup.engine.compliance.history.JsonRow;
import io.jenkins.plugins.provenbackup.jenkins.access.BootMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Messages that are to be sent, in a file until they are: what cannot be sent is tried again, later and later, also after a
 * restart. A message may so arrive twice, and never not at all without a line in the log. Thread-safe.
 */
@Extension
public final class Outbox extends PeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(Outbox.class.getName());
    private static final int MOST = 1000;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread one = new Thread(task, "Proven Backup: alerts");
        one.setDaemon(true);
        return one;
    });

    private List<Letter> letters = List.of();
    private boolean isLoaded;

    /** A message to one channel. */
    private record Letter(String channel, Notice notice, int failures, Instant next) {}

    static Outbox get() {
        return ExtensionList.lookupSingleton(Outbox.class);
    }

    private static Path file() {
        return Standings.folder().resolve("outbox.json");
    }

    @Override
    public long getRecurrencePeriod() {
        return MIN;
    }

    @Override
    protected void doRun() {
        if (!BootMode.isOn()) {
            thread.execute(() -> deliver(Instant.now()));
        }
    }

    /** Sends to every channel that is configured, soon. */
    void add(List<Notice> notices) {
        List<Letter> more = new ArrayList<>();
        for (AlertChannel channel : ExtensionList.lookup(AlertChannel.class)) {
            if (channel.isConfigured()) {
                notices.forEach(notice -> more.add(new Letter(channel.name(), notice, 0, notice.time())));
            }
        }
        if (!more.isEmpty()) {
            synchronized (this) {
                List<Letter> all = new ArrayList<>(present());
                all.addAll(more);
                replace(all.subList(Math.max(0, all.size() - MOST), all.size()));
            }
            doRun();
        }
    }

    /** How many messages wait. */
    synchronized int size() {
        return present().size();
    }

    /** Sends what is due. */
    private void deliver(Instant now) {
        for (Letter letter : due(now)) {
            Optional<Letter> left = deliver(letter, now);
            synchronized (this) {
                List<Letter> all = new ArrayList<>(present());
                int at = all.indexOf(letter);
                if (at >= 0) {
                    all.remove(at);
                    left.ifPresent(one -> all.add(at, one));
                    replace(all);
                }
            }
        }
    }

    private synchronized List<Letter> due(Instant now) {
        return present().stream().filter(one -> !one.next().isAfter(now)).toList();
    }

    /** What is left of it to be done. */
    private static Optional<Letter> deliver(Letter letter, Instant now) {
        Optional<AlertChannel> channel = ExtensionList.lookup(AlertChannel.class).stream()
                .filter(one -> one.name().equals(letter.channel()) && one.isConfigured())
                .findFirst();
        if (channel.isEmpty()) {
            return Optional.empty();
        }
        try {
            channel.get()
                    .send(
                            letter.notice(),
                            Links.toPolicy(letter.notice().alert().policy()));
            return Optional.empty();
        } catch (Webhook.RefusedByServer e) {
            LOGGER.log(Level.WARNING, "An alert was not sent and will not be: {0}", e.getMessage());
            return Optional.empty();
        } catch (IOException e) {
            int failures = letter.failures() + 1;
            Optional<Instant> next = Backoff.next(failures, now);
            LOGGER.log(Level.WARNING, "An alert was not sent, next attempt {0}: {1}", new Object[] {
                next.map(Instant::toString).orElse("never"), e.getMessage()
            });
            return next.map(time -> new Letter(letter.channel(), letter.notice(), failures, time));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(letter);
        }
    }

    private List<Letter> present() {
        if (!isLoaded) {
            letters = load();
            isLoaded = true;
        }
        return letters;
    }

    private static List<Letter> load() {
        List<Letter> letters = new ArrayList<>();
        try {
            for (JsonRow row :
                    JsonRow.of(JSON.std.mapFrom(Files.readString(file()))).rows("letters")) {
                letters.add(new Letter(
                        row.text("channel"),
                        Notice.read(JsonRow.of(row.object("notice"))),
                        Math.toIntExact(row.number("failures")),
                        row.time("next")));
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException | IllegalArgumentException e) {
            LOGGER.log(Level.WARNING, "Alerts that were not sent yet are lost: {0}", e.getMessage());
        }
        return letters;
    }

    private void replace(List<Letter> others) {
        letters = List.copyOf(others);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Letter letter : letters) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("channel", letter.channel());
            row.put("notice", letter.notice().json());
            row.put("failures", letter.failures());
            row.put("next", letter.next().getEpochSecond());
            rows.add(row);
        }
        try {
            StateFiles.write(file(), JSON.std.asString(Map.of("letters", rows)));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Alerts that wait to be sent cannot be kept: {0}", e.getMessage());
        }
    }
}
