package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import com.fasterxml.jackson.jr.ob.JSON;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.PeriodicWork;
import io.jenkins.plugins.provenbackup.engine.alerts.Notice;
import io.jenkins.plugins.provenbackup.engine.alerts.RefusedByServer;
import io.jenkins.plugins.provenbackup.engine.compliance.history.JsonRow;
import io.jenkins.plugins.provenbackup.jenkins.access.BootMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Messages that are to be sent, in a file until they are: what cannot be sent is tried again, later and later, also after a
 * restart. A message may so arrive twice, and never not at all without a line in the log. Each channel has a thread of its own, so
 * that one that hangs keeps none of the others. Thread-safe.
 */
@Extension
public final class Outbox extends PeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(Outbox.class.getName());
    private static final int MOST = 1000;

    private final Map<String, ExecutorService> threads = new ConcurrentHashMap<>();

    private List<Letter> letters = List.of();
    private boolean isLoaded;

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
        if (BootMode.isOn()) {
            return;
        }
        Instant now = Instant.now();
        due(now).stream()
                .map(Letter::channel)
                .distinct()
                .forEach(channel -> thread(channel).execute(() -> deliver(channel, Instant.now())));
    }

    private ExecutorService thread(String channel) {
        return threads.computeIfAbsent(
                channel,
                name -> Executors.newSingleThreadExecutor(task -> {
                    Thread one = new Thread(task, "Proven Backup: alerts by " + name);
                    one.setDaemon(true);
                    return one;
                }));
    }

    /** Sends to everybody who is to be told, soon. */
    void add(List<Notice> notices) {
        if (notices.isEmpty()) {
            return;
        }
        if (!AlertConfiguration.get().getMailRecipients().isEmpty() && !AlertChannels.hasMail()) {
            LOGGER.log(Level.WARNING, "Alerts are not sent by mail, since the Mailer plugin is not installed");
        }
        List<Letter> more = new ArrayList<>();
        for (AlertChannel channel : AlertChannels.all()) {
            for (String recipient : channel.recipients()) {
                notices.forEach(notice -> more.add(new Letter(channel.name(), recipient, notice, 0, notice.time())));
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

    /** Sends what is due by one channel. */
    private void deliver(String channel, Instant now) {
        for (Letter letter : due(now)) {
            if (letter.channel().equals(channel) && !Thread.currentThread().isInterrupted()) {
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
    }

    private synchronized List<Letter> due(Instant now) {
        return present().stream().filter(one -> one.isDue(now)).toList();
    }

    /** What is left of it to be done. */
    private static Optional<Letter> deliver(Letter letter, Instant now) {
        Optional<AlertChannel> channel = AlertChannels.find(letter.channel(), letter.recipient());
        if (channel.isEmpty()) {
            LOGGER.log(
                    Level.INFO,
                    "An alert is not sent by {0}, since nobody is to be told so any more: {1}",
                    new Object[] {letter.channel(), letter.notice().subject()});
            return Optional.empty();
        }
        try {
            channel.get()
                    .send(
                            letter.notice(),
                            letter.recipient(),
                            Links.toPolicy(letter.notice().alert().policy()));
            return Optional.empty();
        } catch (RefusedByServer e) {
            LOGGER.log(Level.WARNING, "An alert was not sent and will not be: {0}", e.getMessage());
            return Optional.empty();
        } catch (IOException | RuntimeException | LinkageError e) {
            Optional<Letter> left = letter.failed(now);
            LOGGER.log(Level.WARNING, "An alert was not sent, next attempt {0}: {1}", new Object[] {
                left.map(one -> one.next().toString()).orElse("never"),
                e instanceof IOException ? e.getMessage() : e.toString()
            });
            return left;
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
                letters.add(Letter.read(row));
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
        try {
            StateFiles.write(
                    file(),
                    JSON.std.asString(
                            Map.of("letters", letters.stream().map(Letter::json).toList())));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Alerts that wait to be sent cannot be kept: {0}", e.getMessage());
        }
    }
}
