package io.jenkins.plugins.provenbackup.jenkins.start;

import hudson.model.Descriptor.FormException;
import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.OpenDestinations;
import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.backup.Backup;
import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.verify.Verify;
import io.jenkins.plugins.provenbackup.engine.verify.VerifyRequest;
import io.jenkins.plugins.provenbackup.engine.verify.VerifyResult;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.configuration.RepositoryKeys;
import io.jenkins.plugins.provenbackup.jenkins.schedule.HomeBackup;
import io.jenkins.plugins.provenbackup.jenkins.secrets.ControllerKeys;
import io.jenkins.plugins.provenbackup.jenkins.secrets.DestinationAccess;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a Jenkins from nothing to a verified backup of its home, step by step. A step that failed can be tried again; what was
 * done before stays done. For one thread at a time; what it says of itself may be read by any.
 */
final class FirstBackup {

    private final Wish wish;
    private final HomeBackup home;
    private final Clock clock;
    private final boolean isMadeUp;
    private final char[] passphrase;
    private final Progress progress = new Progress();
    private volatile Step step = Step.REPOSITORY;
    private volatile Optional<OneTime> secrets = Optional.empty();
    private volatile Optional<BackupResult> backup = Optional.empty();
    private volatile Optional<VerifyResult> verification = Optional.empty();
    private volatile boolean isDone;
    private Optional<RepositoryKeys> keys = Optional.empty();

    /**
     * Nothing is done yet.
     *
     * @param passphrase taken over; empty when one is to be made up
     */
    FirstBackup(Wish wish, char[] passphrase, HomeBackup home, Clock clock) {
        this.wish = wish;
        this.isMadeUp = passphrase.length == 0;
        this.passphrase = isMadeUp ? Passphrases.random() : passphrase;
        this.home = home;
        this.clock = clock;
    }

    /**
     * Does what is not done yet.
     *
     * @throws IOException in words for the user; {@link #step} tells where
     * @throws FormException when the configuration changed meanwhile so that the new parts do not fit
     */
    void run() throws IOException, InterruptedException, FormException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Backup.class.getClassLoader());
        try {
            while (!isDone) {
                progress.begin();
                perform(step);
                if (step == Step.VERIFICATION) {
                    isDone = true;
                } else {
                    step = following(step);
                }
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void perform(Step what) throws IOException, InterruptedException, FormException {
        switch (what) {
            case REPOSITORY -> opened(request -> new NewKeys(wish.keys(), clock).create(request, passphrase));
            case KEYS -> opened(this::takeKeys);
            case CONFIGURATION ->
                ProvenBackupConfiguration.get().add(keys.orElseThrow(), wish.destinations(), List.of(wish.policy()));
            case BACKUP -> opened(this::backUp);
            case VERIFICATION -> opened(this::verify);
        }
    }

    private interface Work {
        void with(OpenRequest request) throws IOException, InterruptedException;
    }

    private void opened(Work work) throws IOException, InterruptedException {
        List<DestinationAccess> access = new ArrayList<>();
        try {
            for (BackupDestination destination : wish.destinations()) {
                access.add(DestinationAccess.forWriting(destination));
            }
            OpenRequest request = DestinationAccess.open(access);
            try {
                work.with(request);
            } finally {
                DestinationAccess.wipe(request);
            }
        } finally {
            access.forEach(DestinationAccess::close);
        }
    }

    private void takeKeys(OpenRequest request) throws IOException, InterruptedException {
        NewKeys.Made made = new NewKeys(wish.keys(), clock).take(request, passphrase);
        keys = Optional.of(made.keys());
        secrets = Optional.of(new OneTime(made.sheet(), isMadeUp ? passphrase.clone() : new char[0]));
        Arrays.fill(passphrase, '\0');
    }

    private void backUp(OpenRequest request) throws IOException, InterruptedException {
        ProvenBackupConfiguration configuration = ProvenBackupConfiguration.get();
        try (ControllerKeys opened = ControllerKeys.open(keys.orElseThrow())) {
            backup = Optional.of(home.run(configuration.toPolicy(wish.policy()), request, opened, progress));
        }
    }

    private void verify(OpenRequest request) throws IOException, InterruptedException {
        try (Destinations destinations = OpenDestinations.run(request);
                ControllerKeys opened = ControllerKeys.open(keys.orElseThrow());
                RecoveryKey recovery = opened.recoveryKey(destinations)) {
            destinations.verify(recovery);
            List<Replica> replicas = destinations.reached();
            BackupResult made = backup.orElseThrow();
            progress.expect(
                    made.totals().files() * replicas.size(), made.totals().bytes() * replicas.size());
            VerifyResult result = Verify.run(
                    new VerifyRequest(
                            replicas,
                            recovery,
                            Optional.of(header -> StreamKey.open(header, recovery)),
                            Set.of(made.snapshot().orElseThrow()),
                            VerifyRequest.Level.RESTORE,
                            100,
                            VerifyRequest.Repair.REPORT_ONLY),
                    progress,
                    clock);
            verification = Optional.of(result);
            if (!result.findings().isEmpty()) {
                throw new IOException(result.findings().get(0).message());
            }
        }
    }

    Step step() {
        return step;
    }

    boolean isDone() {
        return isDone;
    }

    Progress progress() {
        return progress;
    }

    Wish wish() {
        return wish;
    }

    Optional<OneTime> secrets() {
        return secrets;
    }

    Optional<BackupResult> backup() {
        return backup;
    }

    Optional<VerifyResult> verification() {
        return verification;
    }

    /** Forgets what is secret, when nobody will go on with this. */
    void forget() {
        Arrays.fill(passphrase, '\0');
        secrets.ifPresent(OneTime::wipe);
    }

    private static Step following(Step done) {
        return switch (done) {
            case REPOSITORY -> Step.KEYS;
            case KEYS -> Step.CONFIGURATION;
            case CONFIGURATION -> Step.BACKUP;
            case BACKUP, VERIFICATION -> Step.VERIFICATION;
        };
    }
}
