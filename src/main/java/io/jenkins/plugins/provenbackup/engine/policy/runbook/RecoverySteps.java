package io.jenkins.plugins.provenbackup.engine.policy.runbook;

import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The commands that lead to the data, the same in every text. Whoever pastes all of them in order gets the data back. */
final class RecoverySteps {

    private final Tool tool;
    private final List<Block> blocks = new ArrayList<>();

    RecoverySteps(Tool tool) {
        this.tool = tool;
    }

    /**
     * What to restore.
     *
     * @param snapshot as the command line takes it
     * @param target folder
     */
    record Wanted(String snapshot, String target) {}

    List<Block> of(StorageLocation place, List<Wanted> wanted, Optional<Phrase> more) {
        heading("1. What you need");
        blocks.add(new Block.Items(List.of(
                Phrase.of("Java 17 or newer, on any machine: no Jenkins is needed."),
                Phrase.of("The file ")
                        .code(tool.jar())
                        .text(" of Proven Backup " + tool.version()
                                + " or newer, in the folder where you type. Keep a copy of it beside the passphrase."),
                Phrase.of("The passphrase of the repository. Nobody can restore anything without it or a recovery key"
                                + " (")
                        .code("--key-file")
                        .text(")."),
                access(place))));
        commands("java -version", tool.command("--version"));
        heading("2. Say where the copy is");
        paragraph(Phrase.of(
                        place.isLocal()
                                ? "Where the folder is mounted elsewhere today, write its path instead: it is the one that holds"
                                        + " this repository's "
                                : "Where the server has another name today, write that instead: the path is the one that holds"
                                        + " this repository's ")
                .code("repository.json")
                .text("."));
        commands("export PROVEN_BACKUP_REPOSITORY=" + Tool.quoted(place.toString()));
        heading("3. Type the passphrase");
        paragraph(Phrase.of("It is not shown. Whoever leaves this out is asked by each command."));
        commands("read -rsp 'Passphrase: ' PROVEN_BACKUP_PASSWORD && export PROVEN_BACKUP_PASSWORD");
        heading("4. See what there is");
        commands(tool.command("snapshots"));
        heading("5. Restore");
        more.ifPresent(this::paragraph);
        commands(wanted.stream()
                .map(one -> tool.command(
                        "restore " + Tool.quoted(one.snapshot()) + " --target " + Tool.quoted(one.target())))
                .toArray(String[]::new));
        paragraph(
                Phrase.of("Restore to an empty folder and look at it before you move anything into its place. As root,"
                        + " owners are restored too."));
        heading("If a step fails");
        blocks.add(new Block.Table(
                List.of("what you see", "what to do"),
                List.of(
                        List.of(
                                Phrase.of("the passphrase is refused"),
                                Phrase.of("Every passphrase of the repository works, also older copies of ")
                                        .code("keys/")
                                        .text(" with theirs. Ask whoever keeps it; without it there is no way.")),
                        List.of(
                                Phrase.of("something is damaged or missing"),
                                Phrase.of("Name another copy as well: further lines in ")
                                        .code("PROVEN_BACKUP_REPOSITORY")
                                        .text(", or ")
                                        .code("-r")
                                        .text(" several times. Each archive is read where it is intact; ")
                                        .code(tool.command("verify --repair"))
                                        .text(" mends one copy from the others.")),
                        List.of(
                                Phrase.of("no snapshot is listed"),
                                Phrase.ofCode(tool.command("recover")).text(" rebuilds the list from what is left.")),
                        List.of(
                                Phrase.of("only one file is needed"),
                                Phrase.ofCode(tool.command("find '*name*'"))
                                        .text(" finds it; ")
                                        .code("restore ... --include /path/of/it")
                                        .text(" restores it alone.")))));
        return List.copyOf(blocks);
    }

    private static Phrase access(StorageLocation place) {
        return switch (place.scheme()) {
            case StorageLocation.FILE ->
                Phrase.of("The folder ").code(place.toString()).text(", or a copy of it.");
            case "sftp" ->
                Phrase.of("A log-in at ")
                        .code(place.host())
                        .text(": a private key (")
                        .code("--sftp-key")
                        .text(") or a password (")
                        .code("--sftp-password-file")
                        .text("). The server must be in ")
                        .code("~/.ssh/known_hosts")
                        .text(": connect once with ")
                        .code("sftp")
                        .text(" and compare its fingerprint.");
            default ->
                Phrase.of("Access to ")
                        .code(place.toString())
                        .text(": ")
                        .code("--help")
                        .text(" lists the options for credentials. They are not kept here.");
        };
    }

    private void heading(String text) {
        blocks.add(new Block.Heading(3, text));
    }

    private void paragraph(Phrase text) {
        blocks.add(new Block.Paragraph(text));
    }

    private void commands(String... lines) {
        blocks.add(new Block.Commands(List.of(lines)));
    }
}
