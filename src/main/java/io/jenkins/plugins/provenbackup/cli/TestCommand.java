package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.recovery.RecoveryCheck;
import io.jenkins.plugins.provenbackup.engine.recovery.RecoveryTest;
import io.jenkins.plugins.provenbackup.engine.recovery.RecoveryTestRequest;
import io.jenkins.plugins.provenbackup.engine.recovery.RecoveryTestResult;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotList;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotSelector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "test",
        sortOptions = false,
        description =
                "Prove that a snapshot comes back: restore it for real, compare every byte, time it, keep the result.",
        footer = {
            "",
            "The restored tree is deleted afterwards, whatever happens. The time of the restore is the measured recovery time"
                    + " (RTO) that 'policy check' reads. Exit status 4: the test failed."
        })
final class TestCommand implements Callable<Integer> {

    private final Context context;

    @Parameters(
            arity = "0..*",
            paramLabel = "SNAPSHOT",
            description = "Which. Default: latest, and with -f the latest of every source in the policy.")
    private List<String> snapshots = new ArrayList<>();

    @Option(
            names = {"-f", "--policy"},
            paramLabel = "POLICY.yaml",
            description = "A policy that names destinations and sources, instead of -r.")
    private Path file;

    @Option(
            names = "--scratch",
            required = true,
            paramLabel = "DIR",
            description = "A directory on a local disk with room for the whole tree.")
    private Path scratch;

    @Option(
            names = "--check",
            paramLabel = "CMD",
            description =
                    "Run this inside the restored tree too; it fails when its status is not 0. May be given several"
                            + " times.")
    private List<String> checks = new ArrayList<>();

    @Option(
            names = "--from",
            paramLabel = "REPO",
            description = "Read from this destination only (a -r, or a name in the policy); may be given several times."
                    + " Default: all, in their order.")
    private List<String> from = new ArrayList<>();

    TestCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (file == null) {
            try (OpenRepository repository = new Opening(context).repository()) {
                Map<String, Replica> named = new LinkedHashMap<>();
                repository.replicas().forEach(replica -> named.put(replica.location(), replica));
                return test(repository, named, snapshots.isEmpty() ? List.of(SnapshotSelector.LATEST) : snapshots)
                        .code();
            }
        }
        Policy policy = OpenPolicy.read(context, file);
        try (OpenPolicy open = OpenPolicy.open(context, policy)) {
            List<String> wanted = snapshots;
            if (wanted.isEmpty()) {
                wanted = policy.sources().stream()
                        .map(source -> SnapshotSelector.LATEST + ":" + source.name())
                        .toList();
            }
            ExitStatus status = test(open.repository(), open.destinations().reached(), wanted);
            open.keepPages(context);
            return status.code();
        }
    }

    private ExitStatus test(OpenRepository repository, Map<String, Replica> named, List<String> wanted)
            throws IOException, InterruptedException {
        List<Replica> readFrom = chosen(repository, named);
        RecoveryKey recovery = Opening.recovery(repository.key(), "read content, which a recovery test does");
        SnapshotList list = repository.snapshots();
        List<Snapshot> found = new ArrayList<>();
        for (String text : wanted) {
            found.add(SnapshotSelector.parse(text).in(list));
        }
        ExitStatus status = repository.destinations().unreachable().isEmpty() ? ExitStatus.DONE : ExitStatus.INCOMPLETE;
        List<Map<String, Object>> documents = new ArrayList<>();
        TestText text = new TestText(context.output());
        for (Snapshot snapshot : found) {
            RecoveryTestResult result = test(snapshot, recovery, readFrom, repository.replicas());
            context.progress().close();
            result.unrecorded()
                    .forEach((location, reason) ->
                            context.output().warning("the result is not kept at " + location + ": " + reason));
            String source = snapshot.manifest().source();
            if (context.output().isJson()) {
                documents.add(TestText.json(result, source));
            } else {
                text.show(result, source);
            }
            status = worse(status, TestText.status(result));
        }
        if (context.output().isJson()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("tests", documents);
            json.put("exitStatus", status.code());
            context.output().document(json);
        }
        return status;
    }

    private RecoveryTestResult test(
            Snapshot snapshot, RecoveryKey recovery, List<Replica> readFrom, List<Replica> recordAt)
            throws IOException, InterruptedException {
        List<RecoveryCheck> commands =
                checks.stream().<RecoveryCheck>map(CommandCheck::new).toList();
        try (SourceKey key = recovery.sourceKey(snapshot.manifest().sourceId()).orElseThrow()) {
            return RecoveryTest.run(
                    new RecoveryTestRequest(
                            snapshot.manifest(),
                            key,
                            header -> StreamKey.open(header, recovery),
                            readFrom,
                            recordAt,
                            scratch,
                            commands,
                            Whoami.of(context).toString()),
                    context.progress(),
                    context.clock());
        }
    }

    private List<Replica> chosen(OpenRepository repository, Map<String, Replica> named) {
        if (from.isEmpty()) {
            return repository.replicas();
        }
        List<Replica> chosen = new ArrayList<>();
        for (String name : from) {
            Replica replica = named.get(name);
            if (replica == null) {
                throw new UsageException("--from " + name + " is none of the destinations that were reached: "
                        + String.join(", ", named.keySet()) + ".");
            }
            chosen.add(replica);
        }
        return chosen;
    }

    private static ExitStatus worse(ExitStatus a, ExitStatus b) {
        return a.code() >= b.code() ? a : b;
    }
}
