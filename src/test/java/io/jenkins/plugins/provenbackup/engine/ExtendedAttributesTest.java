package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.provenbackup.engine.attributes.ExtendedAttributes;
import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreResult;
import io.jenkins.plugins.provenbackup.engine.target.Overwrite;
import io.jenkins.plugins.provenbackup.engine.target.Unlisted;
import io.jenkins.plugins.provenbackup.testing.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ACLs, capabilities and other attributes that Java cannot see come back as the system's own tools show them. */
class ExtendedAttributesTest {

    @TempDir
    Path temp;

    private Path tree;

    @BeforeEach
    void aSystemWithAcls() throws Exception {
        tree = Files.createDirectory(temp.resolve("tree"));
        Path probe = Files.createFile(temp.resolve("probe"));
        assumeTrue(Command.works("getfattr", "--version"), "getfattr is there");
        assumeTrue(Command.works("setfacl", "-m", "u:12345:r", probe.toString()), "ACLs work here");
        assertThat(ExtendedAttributes.ofThisSystem().scope()).isEqualTo(ExtendedAttributes.Scope.EVERY_NAME_SPACE);
    }

    @Test
    void restoresAclsOfFilesAndDefaultsOfDirectories() throws Exception {
        Path directory = Files.createDirectory(tree.resolve("shared"));
        Path file = Files.writeString(directory.resolve("f\u00fcr alle"), "content");
        Path plain = Files.writeString(directory.resolve("plain"), "made before the default");
        run("setfacl", "-m", "u:12345:rwx,g:54321:r", file.toString());
        run("setfacl", "-m", "u:12345:rx,d:u:12345:rwx", directory.toString());

        RestoreResult restored = backUpAndRestore(Overwrite.NEVER);

        assertThat(restored.failures()).isEmpty();
        assertThat(restored.limitations()).isEmpty();
        assertThat(attributes("restored")).isEqualTo(attributes("tree")).contains("posix_acl_default");
        assertThat(run("getfacl", "-c", temp.resolve("restored/shared/plain").toString()))
                .isEqualTo(run("getfacl", "-c", plain.toString()));
    }

    @Test
    void restoresCapabilitiesAlsoOfAFileThatChangesItsOwner() throws Exception {
        Path file = Files.writeString(tree.resolve("program"), "#!/bin/sh\n");
        run("chmod", "0755", file.toString());
        assumeTrue(Command.works("chown", "12345:54321", file.toString()), "runs as root");
        assumeTrue(Command.works("setcap", "cap_net_bind_service+ep", file.toString()), "capabilities work here");
        run("setfattr", "-n", "trusted.proof", "-v", "0x00ff", file.toString());

        RestoreResult restored = backUpAndRestore(Overwrite.NEVER);

        assertThat(restored.limitations()).isEmpty();
        assertThat(attributes("restored"))
                .isEqualTo(attributes("tree"))
                .contains("security.capability", "trusted.proof");
    }

    @Test
    void takesAwayWhatATargetInheritedOrHadBefore() throws Exception {
        Files.writeString(tree.resolve("old"), "content");
        Files.writeString(tree.resolve("new"), "content");
        Path target = Files.createDirectory(temp.resolve("restored"));
        run("setfacl", "-m", "d:u:12345:rwx", target.toString());
        Files.writeString(target.resolve("old"), "content");
        run("setfacl", "-m", "u:54321:rwx", target.resolve("old").toString());

        backUpAndRestore(Overwrite.ALWAYS);

        assertThat(attributes("restored")).isEqualTo(attributes("tree"));
    }

    @Test
    void anAclThatChangedIsAChange() throws Exception {
        Path file = Files.writeString(tree.resolve("file"), "content");
        try (Laboratory laboratory = Laboratory.at(temp.resolve("repository"))) {
            laboratory.backup(tree, SnapshotKind.INCREMENTAL);
            run("setfacl", "-m", "u:12345:rwx", file.toString());
            BackupResult second = laboratory.backup(tree, SnapshotKind.INCREMENTAL);

            laboratory.restore(second.snapshot().orElseThrow(), temp.resolve("restored"));
            assertThat(attributes("restored")).isEqualTo(attributes("tree")).contains("posix_acl_access");
        }
    }

    private RestoreResult backUpAndRestore(Overwrite overwrite) throws Exception {
        try (Laboratory laboratory = Laboratory.at(temp.resolve("repository"))) {
            BackupResult result = laboratory.backup(tree, SnapshotKind.INCREMENTAL);
            assertThat(result.isIncomplete()).as("%s", result.problems()).isFalse();
            return laboratory.restore(
                    result.snapshot().orElseThrow(), temp.resolve("restored"), overwrite, Unlisted.KEEP);
        }
    }

    /** All attributes of all name spaces below a folder, by the system's own tool. */
    private String attributes(String folder) throws Exception {
        return run(
                "sh",
                "-c",
                "cd '" + temp.resolve(folder)
                        + "' && find . -print0 | sort -z | xargs -0 getfattr -h -d -m - -e hex --");
    }

    private static String run(String... command) throws Exception {
        Command.Result result = Command.run(command);
        assertThat(result.status()).as(result.output()).isZero();
        return result.output();
    }
}
