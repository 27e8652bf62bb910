package io.jenkins.plugins.provenbackup.engine.keys;

import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.Laboratory;
import io.jenkins.plugins.provenbackup.engine.crypto.HeldKey;
import io.jenkins.plugins.provenbackup.engine.crypto.PersonalKey;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A rotation of keys in a Java machine of its own, which a test may kill. */
final class RotationProcess {

    /** What a process says whenever it is about to put an object. */
    static final String PUT_BEGINS = "put begins";

    private RotationProcess() {}

    static Process start(Path output, Path personalKey, Duration pause, List<Path> destinations) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                RotationProcess.class.getName(),
                personalKey.toString(),
                Long.toString(pause.toMillis())));
        destinations.forEach(destination -> command.add(destination.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** {@code PERSONAL-KEY MILLISECONDS-PER-PUT DESTINATION...}. */
    public static void main(String[] arguments) throws Exception {
        Duration pause = Duration.ofMillis(Long.parseLong(arguments[1]));
        List<Replica> replicas = new ArrayList<>();
        for (String destination : List.of(arguments).subList(2, arguments.length)) {
            Storage slow = FaultyStorage.over(Laboratory.local(Path.of(destination)))
                    .on(FaultyStorage.Verb.PUT)
                    .stall(pause);
            replicas.add(Replica.open(
                    FaultyStorage.over(slow).on(FaultyStorage.Verb.PUT).first(() -> System.out.println(PUT_BEGINS))));
        }
        Destinations destinations = new Destinations(replicas, Map.of());
        HeldKey held = HeldKey.read(Path.of(arguments[0]));
        try (PersonalKey own = ((HeldKey.Personal) held).key();
                RecoveryKey key = destinations.unlockSlot(own).key()) {
            RotateKeys.Result result = new RotateKeys(destinations, Clock.systemUTC()).run(key, RotateKeys.Mode.WRITE);
            System.out.println(result.outcome() + " epoch " + result.epoch());
        }
    }
}
